/** Pages for people without an account: what a personal link opens. Reading never changes what a link is good for. */
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { answerFileName, answerJson, answerWorkbook } from '../../reports/answer-workbook.ts'
import { atomic } from '../../db/atomic.ts'
import { formatExactMoment, formatMoment } from '../../domain/date-format.ts'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import { AccessLink } from '../../models/access-link.ts'
import { Export } from '../../models/export.ts'
import { Mail } from '../../models/mail.ts'
import { StoredFile } from '../../models/stored-file.ts'
import { answerRequest, refuseRequest } from '../../operations/accounting-requests/answer-request.ts'
import { uploadAnswer } from '../../operations/accounting-requests/upload-answer.ts'
import { openLink } from '../../operations/links/personal-links.ts'
import { isPasswordLink, passwordSide } from '../../operations/users/password-links.ts'
import { seePaper } from '../../operations/mails/see-paper.ts'
import { linkActor } from '../../policies/actor.ts'
import { requestSheet, type RequestSheet } from '../../queries/accounting/request-sheet.ts'
import { madeRegister, readablePapers } from '../../queries/mails/letter-facts.ts'
import { fileStore, type FileStore } from '../../storage/files.ts'
import { lookUpSecret } from '../look-up-secret.ts'
import { handOverPassword } from '../sign-in/new-password-routes.ts'
import { handOverInvitation } from '../ways-in/invitation-routes.ts'
import { handOverConfirmation, handOverRegistration } from '../ways-in/join-routes.ts'
import { answerFromForm, type Faults } from './accountant-form.ts'
import { sendAccountantPage } from './accountant-page.ts'
import { keepSecret, sendNotice, sendOften, visitOf, type Visit } from './page.ts'
import { sendPapersPage, sendRegisterPage } from './papers-page.ts'
import { discard, readForm, type ReadForm } from './read-form.ts'

export type LinkPagesOptions = Readonly<{
  /** The store of files; the configured one by default. */
  store?: FileStore
  /** For tests: the moment that counts as «now». */
  clock?: () => Date
}>

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The router of `/l/:token`; mounted at the root. */
export function linkPages({ store: given, clock = () => new Date() }: LinkPagesOptions = {}): Router {
  const router = Router()
  let store = given
  const files = () => (store ??= fileStore())

  router.get('/l/:token', async (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    const now = clock()
    const link = await opened(visit, now)
    if (!link) return
    if (await handedOver(response, link, tokenOf(request))) return
    if (link.purpose === 'documents') return sendPapersPage(visit, link, await papersOf(link))
    if (link.purpose === 'export') return sendRegisterPage(visit, link, await madeRegister(link.subjectId))
    const sheet = await openSheet(visit, link)
    if (sheet) sendAccountantPage(visit, { link, sheet, now })
  })

  router.post('/l/:token', ownPage, async (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    const now = clock()
    // Asked before a byte of the body is read: a stranger fills no disk.
    const link = await opened(visit, now, 'accounting_answer')
    if (!link) return
    const sheet = await openSheet(visit, link)
    if (sheet) await takeAnswer(visit, link, sheet, now, files())
  })

  for (const extension of ['xlsx', 'json'] as const)
    router.get(`/l/:token/request.${extension}`, async (request: Request, response: Response) => {
      const visit = visitOf(request, response)
      const link = await opened(visit, clock(), 'accounting_answer')
      const sheet = link && (await openSheet(visit, link))
      if (!sheet) return
      const isXlsx = extension === 'xlsx'
      keepSecret(response)
      response
        .attachment(answerFileName(sheet, extension, visit.language))
        .type(isXlsx ? xlsxType : 'application/json')
        .send(isXlsx ? await answerWorkbook(sheet, visit.language) : answerJson(sheet))
    })

  router.get('/l/:token/papers/:id', async (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    const now = clock()
    const link = await opened(visit, now, 'documents')
    if (!link) return
    const paper = (await papersOf(link)).find(({ id }) => String(id) === request.params['id'])
    if (!paper) return unknown(visit)
    const file = await StoredFile.findByPk(paper.fileId, { rejectOnEmpty: true })
    if (request.method === 'GET' && paper.seenAt === null)
      await seePaper({ actor: actorOf(link), now }, { documentId: paper.id })
    await sendFile(response, files(), file, request.query['download'] === '1')
  })

  router.get('/l/:token/file', async (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    const link = await opened(visit, clock(), 'export')
    if (!link) return
    const made = await Export.findOne({ where: { id: link.subjectId, state: 'ready' } })
    const file = made?.fileId ? await StoredFile.findByPk(made.fileId) : null
    if (!file) return sendRegisterPage(visit, link, null)
    await sendFile(response, files(), file, true)
  })
  return router
}

// Only links to a password may be without an office, and those are handed over before anybody acts by them.
function officeOf({ id, officeId }: AccessLink): number {
  if (officeId === null) throw new Error(`link ${id} has no office`)
  return officeId
}

const actorOf = (link: AccessLink) => linkActor(link.recipient ?? 'личная ссылка', officeOf(link))

/** What leads to an account is answered by a page behind a door, which also says why it no longer opens. */
async function handedOver(response: Response, link: AccessLink, token: string): Promise<boolean> {
  if (isPasswordLink(link)) handOverPassword(response, await passwordSide(link), token)
  else if (link.purpose === 'invitation') handOverInvitation(response, token)
  else if (link.purpose === 'registration') handOverRegistration(response, token)
  else if (link.purpose === 'registration_confirm') handOverConfirmation(response, token)
  else return false
  return true
}

/**
 * Browsers that send no `Sec-Fetch-Site` (plain http) say `Origin: null` from a page without a referrer. That much
 * anybody could say, but a forged form would have to know the secret address it is posted to.
 */
const ownPage: RequestHandler = (request, response, next) => {
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const isOwn =
    site === undefined
      ? origin === undefined || origin === 'null' || origin === `${request.protocol}://${request.get('host')}`
      : site === 'same-origin'
  if (isOwn) return next()
  const visit = visitOf(request, response)
  sendNotice(visit, {
    title: visit.tell('gone.crossSite'),
    text: visit.tell('gone.crossSiteText'),
    tone: 'fail',
    status: 403,
  })
}

const tokenOf = (request: Request): string => String(request.params['token'] ?? '')

function unknown(visit: Visit): void {
  sendNotice(visit, {
    title: visit.tell('gone.unknown'),
    text: visit.tell('gone.unknownText'),
    tone: 'fail',
    status: 404,
  })
}

/** The link of this address, or null when the page that says why it does not open has been sent. */
async function opened(visit: Visit, now: Date, purpose?: AccessLink['purpose']): Promise<AccessLink | null> {
  try {
    const link = await lookUpSecret(visit.request, () => openLink(tokenOf(visit.request), now))
    if (purpose === undefined || link.purpose === purpose) return link
    unknown(visit)
  } catch (error) {
    if (!isDomainError(error)) throw error
    if (error.code === 'link-unknown') unknown(visit)
    else if (error.code === 'link-often') sendOften(visit)
    else await sendGone(visit, error.code, now)
  }
  return null
}

/** Why a true link no longer opens: told in full, because its holder has proved to be its reader. */
async function sendGone(visit: Visit, code: string, now: Date): Promise<void> {
  const { tell, language } = visit
  const id = Number(tokenOf(visit.request).split('-')[0])
  const link = await AccessLink.findByPk(id, { rejectOnEmpty: true })
  if (await handedOver(visit.response, link, tokenOf(visit.request))) return
  const sheet = link.purpose === 'accounting_answer' ? await requestSheet(link.subjectId) : null
  const zone = sheet?.seller.timezone ?? 'Europe/Moscow'
  const reason = code.slice('link-'.length)
  const text =
    reason === 'expired'
      ? tell('gone.expiredText', { until: formatExactMoment(link.expiresAt, zone, language).slice(0, -3) })
      : reason !== 'used'
        ? tell(`gone.${reason}Text`)
        : sheet?.answeredBy && sheet.answeredAt
          ? tell('gone.usedText', {
              number: sheet.number,
              name: sheet.answeredBy,
              when: formatMoment(sheet.answeredAt, zone, now, language),
            })
          : sheet && isAwaited(sheet)
            ? tell('gone.usedAnew', { number: sheet.number })
            : tell('gone.usedPlain')
  sendNotice(visit, {
    title: tell(`gone.${reason}`),
    text,
    tone: reason === 'used' ? 'done' : 'fail',
    status: 410,
  })
}

const isAwaited = ({ state }: RequestSheet): boolean => state === 'sent' || state === 'queued'

/** The request of a link while it can be answered, or null when the page that says otherwise has been sent. */
async function openSheet(visit: Visit, link: AccessLink): Promise<RequestSheet | null> {
  const { tell } = visit
  const sheet = await requestSheet(link.subjectId)
  if (sheet && isAwaited(sheet)) return sheet
  sendNotice(visit, {
    title: tell('gone.closed'),
    text: tell('gone.closedText', { number: sheet?.number ?? '' }),
    tone: 'fail',
    status: 410,
  })
  return null
}

async function papersOf(link: AccessLink) {
  const mail = await Mail.findByPk(link.subjectId, { rejectOnEmpty: true })
  return readablePapers((mail.params['documentIds'] as number[] | undefined) ?? [])
}

async function takeAnswer(
  visit: Visit,
  link: AccessLink,
  sheet: RequestSheet,
  now: Date,
  store: FileStore,
): Promise<void> {
  let form: ReadForm
  try {
    form = await readForm(visit.request, store)
  } catch (error) {
    if (!isDomainError(error)) throw error
    return sendNotice(visit, {
      title: visit.tell('gone.damaged'),
      text: visit.tell('gone.damagedText'),
      tone: 'fail',
      status: 400,
    })
  }
  const action = form.fields.get('action')
  const work = action === 'refuse' ? refuse : action === 'sheet' ? takeSheet : confirm
  const open = action === 'refuse' || action === 'sheet' ? action : undefined
  let faults: Faults
  try {
    faults = await work({ visit, link, sheet, now, form })
  } catch (error) {
    await discard(form, store)
    if (!isDomainError(error)) throw error
    // Somebody else was quicker: with the same link, or in the office.
    if (error.code.startsWith('link-')) return sendGone(visit, error.code, now)
    faults = faultsOf(error, open === 'sheet' ? 'workbook' : open === 'refuse' ? 'reason' : 'files')
  }
  if (faults.size === 0) {
    const [key, params] =
      action === 'refuse'
        ? (['refused', { number: sheet.number, reason: form.fields.get('reason')?.trim() ?? '' }] as const)
        : (['confirmed', { number: sheet.number }] as const)
    const { tell } = visit
    return sendNotice(visit, {
      title: tell(`done.${key}`),
      text: tell(`done.${key}Text`, params),
      tone: 'done',
      status: 200,
    })
  }
  const hadFiles = form.files.length > 0 || form.fault !== null
  await discard(form, store)
  sendAccountantPage(visit, {
    link,
    sheet,
    now,
    typed: form.fields,
    faults,
    hadFiles: hadFiles && open === undefined,
    ...(open && { open }),
    status: 422,
  })
}

/** What an operation refused, beside the fields of the page; what has no field stands by `main`. */
function faultsOf(error: DomainError, main: string): Faults {
  const { fields } = error
  if (!fields || Object.keys(fields).length === 0)
    return new Map([[main, { code: error.code, ...(error.params && { params: error.params }) }]])
  return new Map(
    Object.entries(fields).map(([field, fault]) => [
      field.startsWith('rows.') || field === 'reason' ? field : main,
      fault,
    ]),
  )
}

type Work = { visit: Visit; link: AccessLink; sheet: RequestSheet; now: Date; form: ReadForm }

/** The link is opened anew under a lock in the transaction of the answer: of two tabs one answers, the other is told. */
const answering = (
  { visit, link, now }: Work,
  answer: (context: { actor: ReturnType<typeof linkActor>; now: Date }) => Promise<unknown>,
): Promise<void> =>
  atomic(async () => {
    await openLink(tokenOf(visit.request), now, { lock: true })
    await answer({ actor: actorOf(link), now })
  })

async function confirm(work: Work): Promise<Faults> {
  const { form, sheet } = work
  const { lines, externalNumber, fileNumbers, faults } = answerFromForm(sheet, form.fields, form.files)
  if (form.fault) faults.set('files', form.fault)
  if (faults.size > 0) return faults
  await answering(work, async (context) => {
    const papers = form.files.map((file, index) => ({ ...file, taxDocumentNumber: fileNumbers[index] ?? '' }))
    await answerRequest(context, { requestId: sheet.id, via: 'link', lines, externalNumber, papers })
  })
  return faults
}

async function refuse(work: Work): Promise<Faults> {
  const reason = (work.form.fields.get('reason') ?? '').slice(0, 2000)
  await answering(work, (context) =>
    refuseRequest(context, { requestId: work.sheet.id, reason, via: 'link' }),
  )
  return new Map()
}

async function takeSheet(work: Work): Promise<Faults> {
  const { workbook: file, fault } = work.form
  if (fault) return new Map([['workbook', fault]])
  if (!file) return new Map([['workbook', { code: 'links.sheet-missing' }]])
  await answering(work, (context) => uploadAnswer(context, { file, requestId: work.sheet.id }))
  return new Map()
}

async function sendFile(
  response: Response,
  store: FileStore,
  file: StoredFile,
  isDownload: boolean,
): Promise<void> {
  const { stream, size } = await store.open(file.storageKey)
  keepSecret(response)
  // A browser's own viewer of PDF needs room; nothing else may run in what others sent us.
  const isSafe = file.mime === 'application/pdf'
  response.set({
    'Content-Type': file.mime,
    'Content-Length': String(size),
    'Content-Security-Policy': isSafe
      ? "default-src 'none'; frame-ancestors 'none'; object-src 'self'; style-src 'unsafe-inline'"
      : "default-src 'none'; sandbox",
  })
  const name = file.originalName
  if (isDownload || !isSafe) response.attachment(name).type(file.mime)
  else response.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`)
  if (response.req.method === 'HEAD') {
    stream.destroy()
    return void response.end()
  }
  stream.on('error', (error) => response.destroy(error))
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}
