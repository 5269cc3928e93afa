/** The addresses that open without an account, read from the routers themselves: a new page is missed until it is walked. */
import type { Router } from 'express'
import { doors } from '../../src/http/doors.ts'
import { linkPages } from '../../src/http/links/link-pages.ts'
import { verificationPage } from '../../src/http/links/verification-page.ts'
import { outboxViewer } from '../../src/http/outbox-viewer.ts'
import { doorRoutes } from '../../src/http/sign-in/door-routes.ts'
import { ownRoutes } from '../../src/http/sign-in/own-routes.ts'
import { mailPreviews } from '../../templates/previews.ts'

type Layer = { route?: { path: string; methods: Record<string, boolean> }; handle: { stack?: Layer[] } }

/** Files and letters inside a frame are no pages. */
const isPage = (path: string): boolean => !/\.\w+$|\/papers\/|\/file$|\/html$|\/files\/|samples\/:/.test(path)

function addressesOf(router: Router, root: string): string[] {
  const walk = (stack: Layer[]): string[] =>
    stack.flatMap(({ route, handle }) => {
      if (!route) return walk(handle.stack ?? [])
      return route.methods['get'] ? [root + route.path] : []
    })
  return walk((router as unknown as { stack: Layer[] }).stack)
}

const look = { passkeyHref: '' }

const pagesBefore = (): string[] =>
  [
    ...Object.values(doors).flatMap((door) => [
      ...addressesOf(doorRoutes(door, look), door.root),
      ...addressesOf(ownRoutes(door, look), door.root),
    ]),
    ...[linkPages(), verificationPage(), outboxViewer(), mailPreviews()].flatMap((one) =>
      addressesOf(one, ''),
    ),
  ].filter(isPage)

const patternOf = (address: string): RegExp => new RegExp(`^${address.replaceAll(/:\w+/g, '[^/]+')}$`)

/** Addresses of pages nobody in `visited` has been at. */
export const unvisited = (visited: ReadonlySet<string>): string[] =>
  pagesBefore().filter((address) => ![...visited].some((path) => patternOf(address).test(path)))
