/** Owns «many printed into one»: joins finished PDF files in a process of its own. */
import { rm } from 'node:fs/promises'
import { resolve as absolute } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import { forkChild, lastWords } from './fork-child.ts'
import type { MergeOrder, MergeReport } from './merge-child.ts'
import type { WrittenFile } from './write-file.ts'

const longestMerge = 120_000
let lastId = 0

/**
 * Joins the files in the given order into one PDF; the sources stay as they are. `createdAt` is written into the
 * result, so the same files at the same instant give the same bytes. Throws DomainError `document-merge-crashed`
 * when the process died or took more than two minutes, a plain Error when a file cannot be read as PDF.
 */
export async function mergePdf(
  files: readonly string[],
  options: { toFile: string; createdAt: Date },
): Promise<WrittenFile & { pages: number }> {
  if (files.length === 0) throw new Error('There is nothing to join')
  const target = absolute(options.toFile)
  const part = `${target}.${process.pid}-m${(lastId += 1)}.part`
  const order: MergeOrder = {
    files: files.map((file) => absolute(file)),
    target,
    part,
    createdAt: options.createdAt.getTime(),
  }
  const child = forkChild(new URL('merge-child.ts', import.meta.url), [])
  const words = lastWords(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), longestMerge)
  try {
    const report = await new Promise<MergeReport>((resolve, reject) => {
      child.once('message', resolve)
      child.once('error', reject)
      // The channel closes after its last message was read, so a report always comes before this.
      child.once('disconnect', () => reject(new DomainError('document-merge-crashed', { reason: words() })))
      child.send(order, (error) => {
        if (error) reject(error)
      })
    })
    if ('reason' in report) throw new Error(`The documents were not joined: ${report.reason}`)
    return report.file
  } finally {
    clearTimeout(timer)
    if (child.exitCode === null) child.kill('SIGKILL')
    await rm(part, { force: true })
  }
}
