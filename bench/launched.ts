/** How a bench starts a program of the product: as an installation does. */
import { fileURLToPath } from 'node:url'

const fromHere = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** What node is given, for a source such as `jobs/run-worker.ts`. */
export const launched = (source: string): string[] => [fromHere('src/launch.mjs'), fromHere(source)]
