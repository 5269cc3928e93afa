/** Files dragged over a place of the page and let go there. */

import { useState, type DragEvent } from 'react'

export const useFileDrop = (take: (files: FileList) => void) => {
  const [isOver, setOver] = useState(false)
  return {
    isOver,
    place: {
      onDragOver: (event: DragEvent) => {
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      },
    },
  }
}
