/** By which ways a person is told of what: the catalogue, and where the person chose otherwise. */
import { sideOf, type Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { notificationNames, specOf, type Channels, type NotificationKind } from './kinds.ts'

/** The morning letter about what waits, which is no notification but is chosen in the same table. */
export const queueDigest = 'my-queue'

export type ChoosableKind = NotificationKind | typeof queueDigest

export type Choice = Channels & Readonly<{ kind: ChoosableKind; isChosen: boolean }>

const digestOnly: Channels = { inBell: false, email: 'digest', sms: false }

/** What the catalogue says of a kind. */
export const usualChannels = (kind: ChoosableKind): Channels =>
  kind === queueDigest ? digestOnly : specOf(kind).channels

/** The kinds this person may ever be told of. */
export const choosableKinds = (actor: Actor): ChoosableKind[] => [
  // Clients have no queue of work.
  ...(sideOf(actor) === 'staff' ? ([queueDigest] as const) : []),
  ...notificationNames.filter((kind) => specOf(kind).who.includes(actor.role)),
]

export async function myChoices(actor: Actor): Promise<Choice[]> {
  const chosen = await rows<Channels & { kind: string }>(
    `select kind, in_bell as "inBell", email, sms from notification_choices where user_id = $me`,
    { me: actor.id },
  )
  return choosableKinds(actor).map((kind) => {
    const own = chosen.find((choice) => choice.kind === kind)
    return { ...(own ?? usualChannels(kind)), kind, isChosen: own !== undefined }
  })
}
