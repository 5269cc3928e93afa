/** Puts a file into the folder of an organisation («Папка хранилища файлов», S3-03). */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { FolderFile } from '../../models/folder-file.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'
import { storeUpload, type Uploaded } from '../store-upload.ts'

const longestTitle = 200

/** @throws DomainError `not-found` for an organisation that does not exist for this actor */
export const uploadFolderFile = operation(
  'folder-file.upload',
  async (
    { actor, now },
    { organisationId, file }: { organisationId: number; file: Uploaded },
  ): Promise<FolderFile> => {
    const organisation = await Organisation.findByPk(organisationId)
    if (!organisation || !can(actor, 'show', organisation)) throw new DomainError('not-found')
    authorise(actor, 'upload', organisation)
    const { officeId } = organisation
    const createdBy = actor.id
    const stored = await storeUpload(file, { officeId, organisationId, createdBy, createdAt: now })
    const added = await FolderFile.create({
      officeId,
      organisationId,
      fileId: stored.id,
      title: file.name.slice(0, longestTitle),
    })
    await notifyDesk({ officeId, topic: 'counters' })
    return added
  },
)
