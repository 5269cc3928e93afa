/** Keeps the keyboard's place: a new screen takes the focus over, and a control that vanishes hands it to what stood by it. */

import { useEffect, useRef, type RefObject } from 'react'

/** No field to type into: on a phone that would bring up the keyboard unasked. */
const NEAR = 'button,a[href],input[type=checkbox]'

/** An element and what it stands in, from the inside out. */
export const trailOf = (element: Element | null): Element[] => {
  const trail: Element[] = []
  for (let one = element; one; one = one.parentElement) trail.push(one)
  return trail
}

/** In the window, and nothing lies over its middle. */
const isSeen = (one: Element): boolean => {
  const { left, top, width, height } = one.getBoundingClientRect()
  return one.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}

/** Focuses the first of the trail; when it is gone, what stood by it and is in sight; at worst the screen. */
export const focusAgain = (trail: Element[]): void => {
  const main = document.querySelector<HTMLElement>('#cd-main')
  const place = trail.find((one) => one.isConnected && one !== document.body)
  const isInside = place && place !== main && main?.contains(place)
  const around = isInside ? [...place.querySelectorAll<HTMLElement>(NEAR)] : []
  const near = place === trail[0] ? place : (around.find(isSeen) ?? around[0])
  if (!(near instanceof HTMLElement)) return main?.focus({ preventScroll: true })
  near.focus({ preventScroll: true })
  near.scrollIntoView({ block: 'nearest' })
}

const isNowhere = () => document.activeElement === null || document.activeElement === document.body

export const useFocusKept = (main: RefObject<HTMLElement>, pathname: string): void => {
  const isFirst = useRef(true)
  useEffect(() => {
    // A freshly loaded page begins at its top, as every page does.
    if (!isFirst.current && !main.current?.contains(document.activeElement))
      main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [pathname])

  useEffect(() => {
    let trail: Element[] = []
    const remember = ({ target }: FocusEvent) => {
      trail = trailOf(target instanceof Element ? target : null)
    }
    const mend = () => {
      if (trail[0]?.isConnected !== false || !isNowhere()) return
      focusAgain(trail)
    }
    const watch = new MutationObserver(mend)
    watch.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', remember)
    return () => {
      watch.disconnect()
      document.removeEventListener('focusin', remember)
    }
  }, [])
}
