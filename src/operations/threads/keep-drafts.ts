/** What a person is typing stays with the server: text at every pause, files as they come, through the end of a session. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { MessageDraft } from '../../models/message-draft.ts'
import { MessageFile } from '../../models/message-file.ts'
import { StoredFile } from '../../models/stored-file.ts'
import { can } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'
import { storeUpload, type Uploaded } from '../store-upload.ts'
import { authoriseDraft, draftWhere, type DraftPlace } from './draft-place.ts'
import { personOf } from './person-of.ts'

const mostFiles = 10

type Text = Readonly<{ title: string; body: string }>

/** The actor's own. What is empty again is forgotten, unless files are with it. Not audited: nobody else sees it. */
export const saveDraft = operation(
  'message.save-draft',
  async ({ actor, now }, { place, ...text }: Text & { place: DraftPlace }): Promise<void> => {
    const userId = personOf(actor)
    await authoriseDraft(actor, place)
    const { id } = await put(userId, place, text, now)
    if (text.title.trim() !== '' || text.body.trim() !== '') return
    if ((await MessageFile.count({ where: { draftId: id } })) === 0)
      await MessageDraft.destroy({ where: { id } })
  },
)

/** @throws DomainError `too-many-files` */
export const attachToDraft = operation(
  'message.attach',
  async ({ actor, now }, { place, file }: { place: DraftPlace; file: Uploaded }): Promise<MessageFile> => {
    const userId = personOf(actor)
    const { officeId, organisationId } = await authoriseDraft(actor, place)
    // Its row is locked by the writing of it, so that two files at once count each other.
    const draft = await put(userId, place, null, now)
    if ((await MessageFile.count({ where: { draftId: draft.id } })) >= mostFiles)
      throw new DomainError('too-many-files', { limit: mostFiles })
    const stored = await storeUpload(file, { officeId, organisationId, createdBy: userId, createdAt: now })
    return MessageFile.create({ draftId: draft.id, fileId: stored.id, title: file.name })
  },
)

/** @returns the key of the bytes, which nothing names any more. @throws DomainError `not-found` for what is no draft's of theirs */
export const detachFromDraft = operation(
  'message.detach',
  async ({ actor }, { id }: { id: number }): Promise<string> => {
    const file = await MessageFile.findByPk(id, { lock: true })
    const draft = file?.draftId ? await MessageDraft.findByPk(file.draftId) : null
    if (!file || !draft || !can(actor, 'edit', draft)) throw new DomainError('not-found')
    await file.destroy()
    const stored = await StoredFile.findByPk(file.fileId, { rejectOnEmpty: true })
    await stored.destroy()
    return stored.storageKey
  },
)

/** One draft for one person and place; without a text only its moment changes. */
async function put(userId: number, place: DraftPlace, text: Text | null, now: Date): Promise<{ id: number }> {
  const { threadId, subjectKind, subjectId } = draftWhere(userId, place)
  const [draft] = await sequelize.query<{ id: number }>(
    `insert into message_drafts as d (user_id, thread_id, subject_kind, subject_id, title, body, updated_at)
     values ($1, $2, $3, $4, coalesce($5, ''), coalesce($6, ''), $7)
     on conflict (user_id, thread_id, subject_kind, subject_id)
     do update set title = coalesce($5, d.title), body = coalesce($6, d.body), updated_at = $7
     returning id`,
    {
      type: QueryTypes.SELECT,
      bind: [userId, threadId, subjectKind, subjectId, text?.title ?? null, text?.body ?? null, now],
    },
  )
  if (!draft) throw new Error('a draft was not written')
  return draft
}
