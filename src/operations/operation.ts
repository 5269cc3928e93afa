/** The shape of everything the product does: one transaction, one trail, one line in the log. */
import { atomic } from '../db/atomic.ts'
import { log, withLogContext } from '../log.ts'
import type { Actor } from '../policies/actor.ts'
import '../models/associations.ts'
import '../policies/index.ts'
import { withTrail } from './audit.ts'

/** Who acts, and the moment that counts as «now» for the whole operation. */
export type Context = Readonly<{ actor: Actor; now: Date }>

export type Operation<Input, Result> = ((context: Context, input: Input) => Promise<Result>) & {
  readonly operation: string
}

/**
 * Names a piece of business work: `noun.verb`. Called by another operation it joins that one's transaction (as a
 * savepoint) and leaves its own trail. It authorises the actor itself; callers need not, and cannot forget to.
 */
export function operation<Input, Result>(
  name: string,
  work: (context: Context, input: Input) => Promise<Result>,
): Operation<Input, Result> {
  const run = (context: Context, input: Input): Promise<Result> =>
    withLogContext({ operation: name, actor: context.actor.name }, async () => {
      const result = await atomic(() =>
        withTrail(name, context.actor, context.now, () => work(context, input)),
      )
      log.debug('done')
      return result
    })
  return Object.assign(run, { operation: name })
}
