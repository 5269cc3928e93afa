/** Hangs a panel at what opened it, over everything: no cell, card or scrolling list cuts it off. */

import { useLayoutEffect, type RefObject } from 'react'

const GAP = 6
const EDGE = 8

/** Above its opener where there is no room below, and never out of the window. */
function place(panel: HTMLElement, opener: HTMLElement, isEnd: boolean): void {
  const from = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = panel
  const { clientWidth, clientHeight } = document.documentElement
  const below = from.bottom + GAP
  const top = below + height > clientHeight - EDGE ? from.top - GAP - height : below
  const left = Math.min(isEnd ? from.right - width : from.left, clientWidth - EDGE - width)
  panel.style.setProperty('--cd-top', `${Math.max(EDGE, top)}px`)
  panel.style.setProperty('--cd-left', `${Math.max(EDGE, left)}px`)
}

/**
 * Tells the style sheet where the panel stands beside the element it is in (`--cd-top` and `--cd-left`, from the corner of
 * the window) as long as there is one; what a phone makes of it is the sheet's affair.
 */
export const useHanging = (panel: RefObject<HTMLElement | null>, isOpen: boolean, isEnd = false): void => {
  const follow = () => {
    const opener = panel.current?.parentElement
    if (panel.current && opener) place(panel.current, opener, isEnd)
  }
  // After each drawing: what arrives late, such as a counter, moves the opener.
  useLayoutEffect(follow)
  useLayoutEffect(() => {
    if (!isOpen) return
    addEventListener('resize', follow)
    document.addEventListener('scroll', follow, { capture: true, passive: true })
    return () => {
      removeEventListener('resize', follow)
      document.removeEventListener('scroll', follow, { capture: true })
    }
  }, [isOpen])
}
