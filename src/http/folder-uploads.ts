/** Takes files for the folder of an organisation: streamed to the storage, then entered together or not at all. */
import { Router } from 'express'
import { atomic } from '../db/atomic.ts'
import { DomainError } from '../domain/errors.ts'
import { Organisation } from '../models/organisation.ts'
import { uploadFolderFile } from '../operations/folder-files/upload-folder-file.ts'
import { can } from '../policies/define-policy.ts'
import { fileStore, type FileStore } from '../storage/files.ts'
import { actorOf } from './desk/actor-of.ts'
import { receiveFiles, removeAll } from './receive-files.ts'

const limits = { bytes: 25 * 1024 * 1024, files: 20 }

/** POST /organisations/:id/files, multipart; answers 201 with the ids and titles of the new files. */
export function folderUploads(store: () => FileStore = fileStore): Router {
  const router = Router()
  router.post('/organisations/:id/files', async (request, response) => {
    const actor = actorOf(response)
    const organisationId = Number(request.params.id)
    const organisation = Number.isSafeInteger(organisationId)
      ? await Organisation.findByPk(organisationId)
      : null
    // Refused before a byte is read, so that nobody fills the disk with what will not be kept.
    if (!organisation || !can(actor, 'show', organisation)) throw new DomainError('not-found')
    if (!can(actor, 'upload', organisation)) throw new DomainError('forbidden')
    const files = store()
    const { files: uploads } = await receiveFiles(request, files, limits)
    try {
      const context = { actor, now: new Date() }
      const added = await atomic(async () => {
        const made = []
        for (const file of uploads) made.push(await uploadFolderFile(context, { organisationId, file }))
        return made
      })
      response.status(201).json({ files: added.map(({ id, title }) => ({ id, title })) })
    } catch (fault) {
      await removeAll(files, uploads)
      throw fault
    }
  })
  return router
}
