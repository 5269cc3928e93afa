/** What a decision about somebody's papers stands on: a file of the office that decides. */
import type { Identity } from '../../models/identity.ts'
import { StoredFile } from '../../models/stored-file.ts'
import type { Uploaded } from '../folder-files/upload-folder-file.ts'
import type { Context } from '../operation.ts'

/** @returns the id of the stored file */
export async function keepEvidence(
  { actor, now }: Context,
  { officeId }: Identity,
  { key, name, mime, size, sha256 }: Uploaded,
): Promise<string> {
  const { id } = await StoredFile.create({
    officeId,
    storageKey: key,
    originalName: name,
    mime,
    size,
    sha256,
    createdBy: actor.id,
    createdAt: now,
  })
  return id
}
