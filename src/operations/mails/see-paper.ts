/** A client has opened a paper, by the link of a letter or in the cabinet; the first time is kept. */
import { notifyBothSides } from '../../db/notify-desk.ts'
import { Document } from '../../models/document.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'

/** The personal link itself is the right to see; a person with an account is asked for theirs. */
export const seePaper = operation(
  'document.see',
  async ({ actor, now }, { documentId }: { documentId: number }) => {
    const document = await Document.findByPk(documentId, { lock: true, rejectOnEmpty: true })
    if (actor.kind !== 'link') authorise(actor, 'download', document)
    if (document.seenAt !== null) return
    await document.update({ seenAt: now })
    await notifyBothSides(document)
  },
)
