/** A client has opened a paper by the link of a letter; the first time is kept. */
import { Document } from '../../models/document.ts'
import { operation } from '../operation.ts'

/** The link itself is the right to see: whoever calls has opened it. */
export const seePaper = operation('document.see', async ({ now }, { documentId }: { documentId: number }) => {
  const document = await Document.findByPk(documentId, { lock: true, rejectOnEmpty: true })
  if (document.seenAt === null) await document.update({ seenAt: now })
})
