/** Owns how a finished PDF reaches the disk: whole under its name, or not there at all. */
import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

export type WrittenFile = { sha256: string; size: number }

/** Writes the bytes beside the target, forces them and the name to disk, and gives them the target's name. */
export async function writeWholeFile(bytes: Uint8Array, target: string, part: string): Promise<WrittenFile> {
  const folder = dirname(target)
  try {
    await mkdir(folder, { recursive: true })
    const file = await open(part, 'w', 0o640)
    try {
      await file.writeFile(bytes)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(part, target)
    await syncFolder(folder)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.byteLength }
}

const waiting = new Map<string, Promise<void>>()
const running = new Map<string, Promise<void>>()

/** A rename survives a power cut only when its folder is synced; writers that wait at the same time share one sync. */
function syncFolder(folder: string): Promise<void> {
  const joined = waiting.get(folder)
  if (joined) return joined
  const previous = running.get(folder) ?? Promise.resolve()
  const mine = previous
    .catch(() => undefined)
    .then(async () => {
      waiting.delete(folder)
      running.set(folder, mine)
      const handle = await open(folder, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
        if (running.get(folder) === mine) running.delete(folder)
      }
    })
  waiting.set(folder, mine)
  return mine
}
