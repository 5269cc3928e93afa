/** Hangs a panel at what opened it, over everything: no cell, card or scrolling list cuts it off. */

import { useLayoutEffect, type RefObject } from 'react'

const GAP = 6
const EDGE = 8

/**
 * Tells the style sheet where the panel stands (`--cd-top` and `--cd-left`, from the corner of the window); what a phone
 * makes of it is the sheet's affair. The panel goes above its button where there is no room below.
 */
export const useHanging = (
  isOpen: boolean,
  opener: RefObject<HTMLElement | null>,
  panel: RefObject<HTMLElement | null>,
  isEnd = false,
): void => {
  useLayoutEffect(() => {
    const place = () => {
      if (!opener.current || !panel.current) return
      const from = opener.current.getBoundingClientRect()
      const { offsetWidth: width, offsetHeight: height, style } = panel.current
      const { clientWidth, clientHeight } = document.documentElement
      const below = from.bottom + GAP
      const top = below + height > clientHeight - EDGE ? from.top - GAP - height : below
      const left = Math.min(isEnd ? from.right - width : from.left, clientWidth - EDGE - width)
      style.setProperty('--cd-top', `${Math.max(EDGE, top)}px`)
      style.setProperty('--cd-left', `${Math.max(EDGE, left)}px`)
    }
    if (!isOpen) return
    place()
    addEventListener('resize', place)
    document.addEventListener('scroll', place, { capture: true, passive: true })
    return () => {
      removeEventListener('resize', place)
      document.removeEventListener('scroll', place, { capture: true })
    }
  }, [isOpen, isEnd, opener, panel])
}
