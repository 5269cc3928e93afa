/** Owns the pool of typesetting processes: a document that kills one fails alone, everything else goes on. */
import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { resolve as absolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DomainError } from '../domain/errors.ts'
import type { DocumentDefinition } from './define-document.ts'
import { forkChild, lastWords } from './fork-child.ts'
import type { RenderedFile, RenderOrder, RenderReport } from './render-child.ts'

export type RendererOptions = {
  /** Processes at work at the same time. */
  size?: number
  /** Milliseconds without progress after which a process is killed and the document it holds fails. */
  killAfter?: number
  /** Documents a process prints before it is replaced. */
  recycleAfter?: number
  /** Resident bytes after which a process is replaced. */
  memoryLimit?: number
  /** Folder of templates; the typesetter can read nothing outside it. */
  templates?: string
}

export type Renderer = {
  /**
   * Prints data into a PDF file; resolves when the file is whole, synced and under its name.
   * Throws DomainError `document-render-crashed` when the typesetter died on this document,
   * `document-render-timeout` when it did not come to an end, and a plain Error for wrong data, a fault in the
   * template or a disk that refused.
   */
  render<Data>(
    document: DocumentDefinition<Data>,
    data: Data,
    options: { toFile: string },
  ): Promise<RenderedFile>
  /** Process ids at work now, for health reports. */
  pids(): number[]
  /** Finishes what was accepted, then ends the processes. */
  close(): Promise<void>
}

type Task = { order: RenderOrder; resolve(file: RenderedFile): void; reject(error: Error): void }

type Press = {
  child: ChildProcess
  words(): string
  ready: boolean
  /** Takes no more documents and ends when it has none. */
  retiring: boolean
  timedOut: boolean
  printed: number
  tasks: Map<number, Task>
  /** Arrived in the process and not laid out yet: the first of them is the one under work. */
  taken: Set<number>
  watchdog: NodeJS.Timeout | undefined
}

/** Documents handed to a process ahead: enough to never starve it, few enough to share the work evenly. */
const ahead = 8
const startLimit = 60_000
const startAttempts = 3
const templatesFolder = fileURLToPath(new URL('../../templates/documents', import.meta.url))

/** Processes start with the first document and live until `close`; idle ones do not keep the program running. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const size = options.size ?? 2
  const killAfter = options.killAfter ?? 20_000
  const recycleAfter = options.recycleAfter ?? 5000
  const memoryLimit = options.memoryLimit ?? 400 * 1024 * 1024
  const templates = options.templates ?? templatesFolder

  const presses = new Set<Press>()
  const queue: Task[] = []
  let lastId = 0
  let failedStarts = 0
  let closing = false
  let whenIdle: (() => void) | undefined

  function start(): void {
    const child = forkChild(new URL('render-child.ts', import.meta.url), [templates])
    const press: Press = {
      child,
      words: lastWords(child),
      ready: false,
      retiring: false,
      timedOut: false,
      printed: 0,
      tasks: new Map(),
      taken: new Set(),
      watchdog: undefined,
    }
    presses.add(press)
    watch(press, startLimit)
    child.on('message', (report: RenderReport) => receive(press, report))

    // Both must happen: the last reports are still in the channel when the process is already gone.
    const gone = afterBoth((how) => void bury(press, how))
    child.once('exit', (code, signal) => gone(signal ?? `code ${String(code)}`))
    child.once('disconnect', () => gone())
    child.once('error', (error) => {
      if (child.pid === undefined) void bury(press, error.message)
    })
  }

  function receive(press: Press, report: RenderReport): void {
    if (report.event === 'ready') {
      press.ready = true
      failedStarts = 0
    } else if (report.event === 'took') {
      for (const id of report.ids) press.taken.add(id)
    } else if (report.event === 'laid-out') {
      press.taken.delete(report.id)
    } else {
      settle(press, report)
    }
    watch(press, killAfter)
    dispatch()
  }

  function settle(press: Press, report: Extract<RenderReport, { event: 'done' | 'failed' }>): void {
    const task = press.tasks.get(report.id)
    if (!task) return
    press.tasks.delete(report.id)
    press.taken.delete(report.id)
    if (report.event === 'done') {
      press.printed += 1
      if (press.printed >= recycleAfter || report.rss > memoryLimit) press.retiring = true
      task.resolve(report.file)
    } else {
      const { kind, version } = task.order
      task.reject(new Error(`Document ${kind} v${version} was not printed: ${report.reason}`))
    }
  }

  function dispatch(): void {
    for (const press of presses) {
      if (press.retiring && press.tasks.size === 0 && press.child.connected) press.child.disconnect()
    }
    const active = [...presses].filter((press) => !press.retiring)
    for (const press of active.sort((one, other) => one.tasks.size - other.tasks.size)) {
      if (!press.ready || press.tasks.size > ahead / 2 || isGone(press.child)) continue
      const share = Math.min(ahead - press.tasks.size, Math.ceil(queue.length / size))
      if (share > 0) hand(press, queue.splice(0, share))
    }
    const starting = active.filter((press) => !press.ready).length
    for (let missing = Math.min(queue.length - starting, size - active.length); missing > 0; missing -= 1)
      start()
    if (queue.length === 0 && [...presses].every((press) => press.tasks.size === 0)) whenIdle?.()
  }

  function hand(press: Press, tasks: Task[]): void {
    const wasIdle = press.tasks.size === 0
    for (const task of tasks) press.tasks.set(task.order.id, task)
    press.child.send(
      tasks.map((task) => task.order),
      // A channel that broke under the send ends in `bury`, which deals with the documents.
      () => undefined,
    )
    if (wasIdle) watch(press, killAfter)
  }

  /** Restarts the timer that kills a process without progress; an idle process has none. */
  function watch(press: Press, limit: number): void {
    clearTimeout(press.watchdog)
    const busy = press.tasks.size > 0 || !press.ready
    keepAlive(press.child, busy)
    if (!busy) return
    press.watchdog = setTimeout(() => {
      press.timedOut = true
      press.child.kill('SIGKILL')
    }, limit)
  }

  /** Settles the documents of a process that is gone: the one it died on fails, the others wait for another process. */
  async function bury(press: Press, how: string): Promise<void> {
    if (!presses.delete(press)) return
    clearTimeout(press.watchdog)
    if (!press.ready) failedStarts += 1
    const held = [...press.tasks.values()]
    const culprit =
      held.find((task) => press.taken.has(task.order.id)) ?? (press.timedOut ? held[0] : undefined)
    await Promise.all(held.map((task) => rm(task.order.part, { force: true })))
    queue.unshift(...held.filter((task) => task !== culprit))
    culprit?.reject(
      new DomainError(press.timedOut ? 'document-render-timeout' : 'document-render-crashed', {
        document: culprit.order.kind,
        reason: how,
      }),
    )
    if (failedStarts >= startAttempts) {
      failedStarts = 0
      const error = new Error(`The typesetting process does not start (${how}): ${press.words()}`)
      for (const task of queue.splice(0)) task.reject(error)
    }
    dispatch()
  }

  return {
    async render(document, data, { toFile }) {
      if (closing) throw new Error('The renderer is closed')
      const target = absolute(toFile)
      const id = (lastId += 1)
      const part = `${target}.${process.pid}-${id}.part`
      const order: RenderOrder = { ...document.prepare(data), id, target, part }
      return new Promise<RenderedFile>((resolve, reject) => {
        queue.push({ order, resolve, reject })
        // Calls made in one turn leave as one batch.
        if (queue.length === 1) setImmediate(dispatch)
      })
    },
    pids: () => [...presses].flatMap((press) => press.child.pid ?? []),
    async close() {
      closing = true
      if (queue.length > 0 || [...presses].some((press) => press.tasks.size > 0))
        await new Promise<void>((resolve) => {
          whenIdle = resolve
        })
      await Promise.all([...presses].map((press) => end(press)))
    },
  }

  async function end(press: Press): Promise<void> {
    press.retiring = true
    const { child } = press
    if (child.exitCode !== null || child.signalCode !== null) return
    keepAlive(child, true)
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    if (press.ready && child.connected) child.disconnect()
    else child.kill('SIGKILL')
    await exited
  }
}

function isGone(child: ChildProcess): boolean {
  return !child.connected || child.exitCode !== null || child.signalCode !== null
}

function keepAlive(child: ChildProcess, needed: boolean): void {
  const handles = [child, child.channel, child.stderr] as ReadonlyArray<
    { ref?(): void; unref?(): void } | null | undefined
  >
  for (const handle of handles) {
    if (needed) handle?.ref?.()
    else handle?.unref?.()
  }
}

function afterBoth(done: (how: string) => void): (how?: string) => void {
  let calls = 0
  let first = ''
  return (how) => {
    calls += 1
    first ||= how ?? ''
    if (calls === 2) done(first)
  }
}
