/** One message into a locked thread: text, the files of the draft, the next state, and who is told. */
import { DomainError } from '../../domain/errors.ts'
import { placeLeft } from '../../domain/reply-template.ts'
import { threadStates } from '../../domain/states/thread.ts'
import { MessageDraft } from '../../models/message-draft.ts'
import { MessageFile } from '../../models/message-file.ts'
import { Message } from '../../models/message.ts'
import type { Thread } from '../../models/thread.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import type { Context } from '../operation.ts'
import { draftWhere, type DraftPlace } from './draft-place.ts'
import { markRead } from './mark-read.ts'
import { personOf } from './person-of.ts'
import { tellOfMessage } from './tell-of-thread.ts'

const longestMessage = 10_000

/** `key` is made by the sender's screen: whatever comes twice under it is one message. */
export type Written = Readonly<{ key: string; body: string }>

/** The message this person has sent under the key already. */
export const sentAlready = (actor: Actor, key: string): Promise<Message | null> =>
  Message.findOne({ where: { authorId: personOf(actor), key } })

/**
 * The thread is new or locked, and the actor authorised.
 * @throws DomainError `invalid` with `body` when there is neither text nor a file, or a place of a template is left
 */
export async function writeMessage(
  { actor, now }: Context,
  thread: Thread,
  place: DraftPlace,
  { key, body }: Written,
): Promise<Message> {
  const authorId = personOf(actor)
  const side = sideOf(actor) === 'client' ? 'client' : 'office'
  const draft = await MessageDraft.findOne({ where: draftWhere(authorId, place), lock: true })
  const files = draft ? await MessageFile.findAll({ where: { draftId: draft.id }, lock: true }) : []
  const text = checked(body, side, files.length > 0)
  const message = await Message.create({ threadId: thread.id, authorId, side, body: text, key, sentAt: now })
  if (files.length > 0)
    await MessageFile.update(
      { draftId: null, messageId: message.id },
      { where: { id: files.map(({ id }) => id) } },
    )
  await draft?.destroy()
  const state = threadStates.next(thread.state, side === 'client' ? 'ask' : 'answer')
  await thread.update({
    state,
    lastMessageAt: now,
    // Who asks again has been waiting since the first time.
    ...(state === 'waiting_office'
      ? { waitingSince: thread.waitingSince ?? now }
      : { waitingSince: null, lateAt: null }),
    ...(side === 'office' && thread.assigneeId === null && { assigneeId: authorId }),
  })
  await markRead(thread, authorId, message.id, now)
  await tellOfMessage(thread, message, now)
  return message
}

function checked(body: string, side: Message['side'], hasFiles: boolean): string {
  const text = body.replaceAll('\r\n', '\n').trim()
  const fault = (code: string, params = {}) => new DomainError('invalid', {}, { body: { code, params } })
  if (text === '' && !hasFiles) throw fault('message-empty')
  if (text.length > longestMessage) throw fault('message-too-long', { limit: longestMessage })
  const left = side === 'office' ? placeLeft(text) : null
  if (left) throw fault('template-unfilled', { place: left })
  return text
}
