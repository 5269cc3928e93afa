/** Every method and path the running product answers, read from its own routers. */
import type { Express } from 'express'

type Layer = {
  rawPath: unknown
  route?: { path: string; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

const joined = (before: string, path: string): string => before + (path === '/' ? '' : path)

/** `GET /admin/desk/counters`, in the order in which they are asked. */
export function routesOf(app: Express): string[] {
  const found: string[] = []
  const walk = (layers: readonly Layer[], before: string) => {
    for (const { rawPath, route, handle } of layers) {
      if (route)
        for (const method of Object.keys(route.methods))
          found.push(`${method.toUpperCase()} ${joined(before, route.path) || '/'}`)
      else if (handle.stack)
        for (const path of [rawPath].flat()) walk(handle.stack, joined(before, String(path)))
    }
  }
  walk((app as unknown as { router: { stack: Layer[] } }).router.stack, '')
  return [...new Set(found)]
}
