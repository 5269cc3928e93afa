/** How a process ends: on SIGTERM or SIGINT its parts stop one after another; a second signal ends it at once. */
import { log } from './log.ts'

/** @param steps in the order of stopping; a step that fails does not keep the next from its turn. */
export function stopInOrder(steps: readonly (() => Promise<unknown>)[]): void {
  let stopping = false
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    let isClean = true
    for (const step of steps) {
      try {
        await step()
      } catch (fault) {
        isClean = false
        log.error({ err: fault }, 'a part did not stop cleanly')
      }
    }
    process.exit(isClean ? 0 : 1)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}
