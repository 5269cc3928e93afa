/** Sales in bulk for the tests of this folder, made through the operations of the product. */
import { Document } from '../../src/models/document.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import type { ExecutionContext } from 'ava'
import { fileStore } from '../../src/storage/files.ts'
import {
  buildLicence,
  buildOffice,
  buildOrganisation,
  buildPaidInvoice,
  buildProduct,
  buildShippedInvoice,
  type Sold,
} from '../_support/factories.ts'
import { filesOnDisk } from './_storage.ts'

type Product = Awaited<ReturnType<typeof buildProduct>>

/** One office with one client and its price list. */
export async function buildShop() {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const service = await buildProduct({ office })
  const licence = await buildLicence({ office })
  return { office, organisation, service, licence }
}

export type Shop = Awaited<ReturnType<typeof buildShop>>

const productsOf = ({ service, licence }: Shop, licences: number): Product[] => [
  service,
  ...Array.from({ length: licences }, () => licence),
]

/** Shipped invoices of a service and so many licences: each makes `licences + 1` documents. */
export async function shipInvoices(shop: Shop, count: number, licences: number): Promise<Sold[]> {
  const sold: Sold[] = []
  for (let at = 0; at < count; at += 1)
    sold.push(await buildShippedInvoice({ ...shop, products: productsOf(shop, licences) }))
  return sold
}

export async function payInvoices(shop: Shop, count: number, licences: number): Promise<Sold[]> {
  const sold: Sold[] = []
  for (let at = 0; at < count; at += 1)
    sold.push(await buildPaidInvoice({ ...shop, products: productsOf(shop, licences) }))
  return sold
}

export const lineIdsOf = (sold: readonly Sold[]): number[] =>
  sold.flatMap(({ lines }) => lines.map(({ id }) => id))

/** Every document of the batch is ready with its own file, every file has a row, and the bytes are those of the row. */
export async function filesMatchRows(t: ExecutionContext, documents: readonly Document[]): Promise<void> {
  const files = await StoredFile.findAll()
  const keys = new Set(files.map(({ storageKey }) => storageKey))
  const present = await filesOnDisk()
  t.deepEqual(
    present.filter((key) => !keys.has(key)),
    [],
    'no file without a row',
  )
  t.is(present.length, keys.size, 'no row without a file')
  const known = new Map(files.map((file) => [file.id, file]))
  for (const document of documents) {
    const file = document.fileId === null ? undefined : known.get(document.fileId)
    if (!file) return t.fail(`document ${document.id} is ${document.state} and has no file`)
    if ((await fileStore().digest(file.storageKey)) !== document.sha256 || file.sha256 !== document.sha256)
      t.fail(`the bytes of document ${document.id} are not those of its row`)
  }
  t.is(new Set(documents.map(({ fileId }) => fileId)).size, documents.length, 'a file of its own for each')
}
