/** An upload becomes a row: a file whose bytes lie in the storage already, under their final name. */
import { StoredFile } from '../models/stored-file.ts'

export type Uploaded = Readonly<{
  key: string
  size: number
  sha256: string
  mime: string
  /** As the sender called it; kept for downloads. */
  name: string
}>

type Place = Readonly<{
  officeId: number
  organisationId?: number | null
  createdBy: number | null
  createdAt: Date
}>

/** In the ambient transaction, beside the row that names the file. */
export const storeUpload = ({ key, name, mime, size, sha256 }: Uploaded, place: Place): Promise<StoredFile> =>
  StoredFile.create({ ...place, storageKey: key, originalName: name, mime, size, sha256 })
