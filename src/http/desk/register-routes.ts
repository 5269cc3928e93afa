/** The register of organisations at the desk: looking one up, and taking in official files. */
import { Router } from 'express'
import { z } from 'zod'
import type { RegisterLookUp } from '../../../admin/desk-types.ts'
import { countries } from '../../domain/requisites/country.ts'
import { DomainError } from '../../domain/errors.ts'
import { env } from '../../env.ts'
import { RegisterImport } from '../../models/register-import.ts'
import { StoredFile } from '../../models/stored-file.ts'
import type { Context } from '../../operations/operation.ts'
import {
  addRegisterImport,
  cancelRegisterImport,
  describeRegisterImport,
  retryRegisterImport,
  runRegisterImport,
} from '../../operations/registers/import-register.ts'
import { lookUpOrganisation } from '../../operations/registers/look-up-organisation.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { findOrganisationByTaxId } from '../../queries/registers/find-organisation-by-tax-id.ts'
import { registerDesk, registerImport } from '../../queries/registers/register-desk.ts'
import { lookIntoTable, type TableWishes } from '../../registers/files/look-into-table.ts'
import { delimiters, encodings } from '../../registers/files/read-csv.ts'
import { registerFields } from '../../registers/files/register-columns.ts'
import { countRows } from '../../registers/files/table-file.ts'
import { fileStore, type FileStore } from '../../storage/files.ts'
import { receiveFiles, removeAll } from '../receive-files.ts'
import { actorOf } from './actor-of.ts'
import { contextOf, read } from './answers.ts'

/** A whole country: the files of Russia are about this large. */
const limits = { bytes: 4 * 1024 ** 3, files: 1 }

const id = z.coerce.number().int().positive()
const lookUpQuestion = z.object({
  country: z.enum(countries),
  taxId: z.string().max(40),
  kpp: z.string().max(20).nullish(),
})
const importQuestion = z.object({ country: z.enum(countries), asOf: z.iso.date() })
const column = z.number().int().min(0).max(199)
const description = z.object({
  shape: z
    .discriminatedUnion('format', [
      z.object({ format: z.literal('csv'), encoding: z.enum(encodings), delimiter: z.enum(delimiters) }),
      z.object({ format: z.literal('xlsx') }),
    ])
    .optional(),
  headerRow: z.number().int().min(0).max(30).optional(),
  mapping: z.partialRecord(z.enum(registerFields), column).optional(),
})

/** POST /register/imports, multipart: the country and the day first, then the file. Mounted before any body is read. */
export function registerUploads(store: () => FileStore = fileStore): Router {
  const router = Router()
  router.post('/register/imports', async (request, response) => {
    const context = contextOf(response)
    // Refused before a byte is read, so that nobody fills the disk with what will not be kept.
    authorise(context.actor, 'upload', RegisterImport)
    const { files, fields } = await receiveFiles(request, store(), limits)
    const [file] = files
    try {
      if (!file) throw new DomainError('file-empty')
      const { country, asOf } = read(importQuestion, fields)
      const path = store().pathOf(file.key)
      const seen = await look(path, country)
      const rowsTotal = await countRows(path, seen.shape)
      const made = await addRegisterImport(context, { country, asOf, file, seen, rowsTotal })
      response.status(201).json({ id: made.id })
    } catch (fault) {
      await removeAll(store(), files)
      throw fault
    }
  })
  return router
}

async function look(path: string, country: RegisterImport['country'], wishes: TableWishes = {}) {
  const { shape, headerRow, mapping, ...rest } = await lookIntoTable(path, country, wishes)
  return { shape, headerRow, mapping, look: rest }
}

/** The import under the eyes of whoever may change it, and where its file is. */
async function draftOf(context: Context, importId: number): Promise<{ made: RegisterImport; path: string }> {
  const made = await RegisterImport.findByPk(importId)
  if (!made || !can(context.actor, 'show', made)) throw new DomainError('not-found')
  authorise(context.actor, 'describe', made)
  const source = await StoredFile.findByPk(made.sourceFileId ?? '')
  if (!source) throw new DomainError('file-missing')
  return { made, path: fileStore().pathOf(source.storageKey) }
}

/** Stops an import and removes the bytes nobody needs any more. */
export async function cancelImport(context: Context, importId: number): Promise<void> {
  const { leftKey } = await cancelRegisterImport(context, { importId })
  if (leftKey !== null) await fileStore().remove(leftKey)
}

/** The rest, behind the reader of JSON: a tax id stands in the body and never in an address. */
export function registerRoutes(): Router {
  const router = Router()
  router.get('/register', async (_request, response) => {
    const outside = env().REGISTER_URL === undefined ? [] : env().REGISTER_COUNTRIES
    response.json(await registerDesk(actorOf(response), outside))
  })
  router.get('/register/imports/:id', async (request, response) => {
    response.json(await registerImport(actorOf(response), read(id, request.params.id)))
  })
  router.post('/register/look-up', async (request, response) => {
    const question = read(lookUpQuestion, request.body)
    const context = contextOf(response)
    const answer = await lookUpOrganisation(context, { ...question, kpp: question.kpp ?? null })
    const { taxId, kpp } = answer.outcome === 'found' ? answer.organisation : question
    const known = await findOrganisationByTaxId(context.actor, {
      country: question.country,
      taxId: taxId.replaceAll(/\D/g, '') || taxId,
      kpp: kpp ?? null,
    })
    const found: RegisterLookUp = { answer, known }
    response.json(found)
  })
  router.post('/register/imports/:id/describe', async (request, response) => {
    const context = contextOf(response)
    const importId = read(id, request.params.id)
    const { shape, headerRow, mapping } = read(description, request.body)
    const { made, path } = await draftOf(context, importId)
    const seen = await look(path, made.country, {
      shape: shape ?? made.shape,
      ...(headerRow !== undefined && { headerRow }),
      ...(mapping && { mapping }),
    })
    await describeRegisterImport(context, { importId, seen })
    response.json(await registerImport(context.actor, importId))
  })
  const steps = {
    run: runRegisterImport,
    retry: retryRegisterImport,
    cancel: (context: Context, { importId }: { importId: number }) => cancelImport(context, importId),
  }
  for (const [verb, step] of Object.entries(steps))
    router.post(`/register/imports/:id/${verb}`, async (request, response) => {
      const context = contextOf(response)
      const importId = read(id, request.params['id'])
      await step(context, { importId })
      response.json(await registerImport(context.actor, importId))
    })
  return router
}
