/** How much memory processes really hold: a page two of them share is counted once, as the machine counts it. */
import { readFile } from 'node:fs/promises'

/** MB resident, each shared page divided among its sharers (PSS). Linux only; 0 for a process that has ended. */
export async function residentMegabytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
      return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024
    }),
  )
  return sizes.reduce((sum, one) => sum + one, 0)
}
