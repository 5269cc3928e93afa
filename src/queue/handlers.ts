/** The shape of a message handler: what one topic does, how much of it at once, and what a lost message leaves. */
import type { Message } from './claim.ts'
import type { Failure } from './failure.ts'
import type { Topic } from './messages.ts'

/** What a handler may ask about the work in its hands. */
export type Work<T extends Topic = Topic> = {
  /** Aborted when the lease is nearly over or lost, and when the worker could not wait any longer at its stop. */
  readonly signal: AbortSignal
  /** Starts the lease anew; call it during long work. Throws LeaseLost when the message is no longer ours. */
  renew: () => Promise<void>
  /**
   * Ends messages (all in hand by default) inside the caller's `atomic`, so that effect and end are one commit.
   * Throws LeaseLost, undoing the transaction, when any of them is no longer ours.
   */
  finish: (messages?: readonly Message<T>[]) => Promise<void>
}

type Common<T extends Topic> = {
  /** How many calls run at once in one worker. */
  concurrency: number
  /** Same transaction as the message's death: let the business row show the failure. */
  onDead?: (message: Message<T>, failure: Failure) => Promise<unknown>
  /** Same transaction as the message becoming `uncertain`: its worker died, its effect may have happened. */
  onUncertain?: (message: Message<T>, failure: Failure) => Promise<unknown>
}

/** `run` takes one message, `runBatch` a whole claim; a throw fails every message in hand not yet finished. */
export type HandlerOf<T extends Topic> = Common<T> &
  (
    | { run: (message: Message<T>, work: Work<T>) => Promise<unknown> }
    | { runBatch: (messages: readonly Message<T>[], work: Work<T>) => Promise<unknown> }
  )

/** A handler as the pump sees it. */
export type Handler = Common<Topic> & {
  topic: Topic
  one: boolean
  call: (messages: readonly Message[], work: Work) => Promise<unknown>
}

/** Binds a topic to what is done about it. */
export function defineHandler<T extends Topic>(topic: T, handler: HandlerOf<T>): Handler {
  const erased = handler as unknown as HandlerOf<Topic>
  const call: Handler['call'] =
    'run' in erased
      ? (messages, work) => erased.run(messages[0] as Message, work)
      : (messages, work) => erased.runBatch(messages, work)
  return {
    topic,
    concurrency: erased.concurrency,
    one: 'run' in erased,
    call,
    ...(erased.onDead && { onDead: erased.onDead }),
    ...(erased.onUncertain && { onUncertain: erased.onUncertain }),
  }
}
