/** Every address of the product outside of AdminJS's own, one line each: how the matrix asks it, or which test does. */
import type { Model, ModelStatic } from 'sequelize'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { Document } from '../../src/models/document.ts'
import { Export } from '../../src/models/export.ts'
import { FolderFile } from '../../src/models/folder-file.ts'
import { IdentityLetter } from '../../src/models/identity-letter.ts'
import { Identity } from '../../src/models/identity.ts'
import { Invoice } from '../../src/models/invoice.ts'
import { Membership } from '../../src/models/membership.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { Passkey } from '../../src/models/passkey.ts'
import { RegisterImport } from '../../src/models/register-import.ts'
import { Registration } from '../../src/models/registration.ts'
import { Thread } from '../../src/models/thread.ts'
import type { Actor, Side } from '../../src/policies/actor.ts'
import { can } from '../../src/policies/define-policy.ts'
import type { House } from './_matrix.ts'

/** A path below a door, or a path and what is posted to it: numbers of people and firms do not belong into an address. */
export type Question = string | readonly [path: string, body: Readonly<Record<string, unknown>>]

export type Address = Readonly<{
  /** The doors it stands behind; of none it is open to everybody. */
  on: readonly Side[]
  /** How it is asked about a house. Whatever it answers is searched for words and secrets of others. */
  asked?: (house: House) => readonly Question[]
  /** A step that changes something, with a body that is right in itself, and who may take it. */
  step?: (house: House) => readonly [path: string, body: object]
  may?: (actor: Actor, house: House) => boolean
  /** Needs nobody to be signed in. */
  isDoor?: true
  /** The test that asks it instead, and what it proves there. */
  elsewhere?: string
}>

const staff = ['staff'] as const
const client = ['client'] as const
const both = ['staff', 'client'] as const
const nobody = [] as const

/** Asked by its own path, unless that has a parameter. */
const asks = (on: readonly Side[], asked?: Address['asked']): Address => ({ on, ...(asked && { asked }) })
/** What is right in itself but cannot be done with one request is done `elsewhere`. */
const steps = (
  on: readonly Side[],
  step: Address['step'] & {},
  may: Address['may'] & {},
  elsewhere?: string,
): Address => ({ on, step, may, ...(elsewhere && { elsewhere }) })
const door = (on: readonly Side[], elsewhere: string): Address => ({ on, elsewhere, isDoor: true })
const own = (on: readonly Side[], elsewhere: string): Address => ({ on, elsewhere })

const idOf = (house: House, model: ModelStatic<Model>): string =>
  String(Number(house.rows.get(model)?.get('id') ?? 0))
const organisationOf = (house: House) => idOf(house, Organisation)
const importOf = (house: House, verb: string) =>
  `/desk/register/imports/${idOf(house, RegisterImport)}/${verb}`

const threads = 'test/admin/threads.test.ts'
const no = () => false
const administrator = ({ role }: Actor) => role === 'administrator'
const menders = ({ role }: Actor) => role === 'administrator' || role === 'support'

const wayIn = 'test/http/ways-in.test.ts'
const processes = 'test/http/two-processes.test.ts'
const account = 'test/admin/own-account.test.ts'
const identities = 'test/admin/identities.test.ts'
const identityLetters = 'test/admin/identity-letters.test.ts'
const phoneCodes = 'test/operations/phone-codes.test.ts'
const imports = 'test/never/register-import.test.ts'

/** By method and path below the door. A route that is not here fails the matrix, and so does a line without a route. */
export const addresses: Readonly<Record<string, Address>> = {
  // Screens
  'GET /': asks(both),
  'GET /pages/:pageName': asks(both, () => ['/pages/jobs']),
  'GET /api/dashboard': asks(both),
  'GET /api/pages/:pageName': asks(both, () => ['/api/pages/jobs']),

  // The desk of either side
  'GET /desk/events': own(both, 'test/http/desk.test.ts'),
  'GET /desk/chips/:resourceId': asks(both, () => ['/desk/chips/invoices', '/desk/chips/documents']),
  'GET /desk/counters': asks(both),
  'GET /desk/home': asks(both),
  'GET /desk/notifications': asks(both),
  'GET /desk/notifications/settings': asks(both),
  'POST /desk/notifications/read': own(both, 'test/http/notifications.test.ts'),
  'POST /desk/notifications/settings': own(both, 'test/http/notifications.test.ts'),
  'POST /desk/preferences': own(both, 'test/http/desk.test.ts'),
  'POST /desk/requisites': asks(both, ({ organisation: { id, country, taxId } }) => [
    ['/desk/requisites', { form: 'organisations', values: { country, taxId } }],
    ['/desk/requisites', { form: 'employees', values: { organisationId: String(id), phone: '1' } }],
  ]),

  // Messages
  'GET /desk/threads': asks(both),
  'GET /desk/threads/:id': asks(both, (house) => [`/desk/threads/${idOf(house, Thread)}`]),
  'GET /desk/new-thread': asks(both, (house) => [
    `/desk/new-thread?kind=organisation&id=${organisationOf(house)}`,
    `/desk/new-thread?kind=invoice&id=${idOf(house, Invoice)}`,
  ]),
  'POST /desk/threads': own(both, threads),
  'POST /desk/threads/:id/messages': own(both, threads),
  'POST /desk/threads/:id/read': own(both, threads),
  'POST /desk/threads/:id/assign': own(both, threads),
  'POST /desk/threads/:id/close': own(both, threads),
  'POST /desk/threads/:id/reopen': own(both, threads),
  'POST /desk/drafts': own(both, threads),
  'POST /desk/drafts/files': own(both, threads),
  'POST /desk/drafts/files/:id/remove': own(both, threads),

  // The desk of the staff
  'GET /desk/search': asks(staff, ({ organisation }) => [
    `/desk/search?q=${encodeURIComponent(organisation.name)}`,
    `/desk/search?q=${organisation.taxId}`,
  ]),
  'GET /desk/queue': asks(staff),
  'GET /desk/work': asks(staff),
  'POST /desk/work/cancel': steps(
    staff,
    (house) => ['/desk/work/cancel', { key: `export-${idOf(house, Export)}` }],
    (actor, { rows }) => can(actor, 'cancel', rows.get(Export) as Model),
  ),
  'GET /desk/organisations/:id': asks(staff, (house) => [`/desk/organisations/${organisationOf(house)}`]),
  'GET /desk/organisations/:id/lines': asks(staff, (house) => [
    `/desk/organisations/${organisationOf(house)}/lines`,
  ]),
  'POST /desk/organisations/:id/files': steps(
    staff,
    (house) => [`/desk/organisations/${organisationOf(house)}/files`, fileForm()],
    (actor, { organisation }) => can(actor, 'upload', organisation),
  ),
  'GET /desk/accounting-requests/:id/lines': asks(staff, (house) => [
    `/desk/accounting-requests/${idOf(house, AccountingRequest)}/lines`,
  ]),
  'GET /desk/history/:resourceId/:recordId': asks(staff, (house) => [
    `/desk/history/organisations/${organisationOf(house)}`,
    `/desk/history/documents/${idOf(house, Document)}`,
  ]),
  'GET /desk/jobs': asks(staff),
  'POST /desk/jobs/failures/retry': steps(
    staff,
    ({ failures: [id] }) => ['/desk/jobs/failures/retry', { ids: [id] }],
    menders,
  ),
  'POST /desk/jobs/failures/:id/retry': steps(
    staff,
    ({ failures: [, id] }) => [`/desk/jobs/failures/${id}/retry`, {}],
    menders,
  ),
  'POST /desk/jobs/failures/:id/skip': steps(
    staff,
    ({ failures: [, , id] }) => [`/desk/jobs/failures/${id}/skip`, {}],
    menders,
  ),
  'POST /desk/jobs/:name/run': steps(staff, () => ['/desk/jobs/check-files/run', {}], menders),
  'POST /desk/jobs/:name/pause': steps(staff, () => ['/desk/jobs/check-files/pause', {}], menders),
  'POST /desk/jobs/:name/resume': steps(staff, () => ['/desk/jobs/check-files/resume', {}], menders),
  'GET /desk/identities/:id': asks(staff, (house) => [`/desk/identities/${idOf(house, Identity)}`]),
  'POST /desk/identities/:id/reveal': steps(
    staff,
    (house) => [`/desk/identities/${idOf(house, Identity)}/reveal`, { reason: 'Сверка' }],
    (actor, { rows }) => can(actor, 'reveal', rows.get(Identity) as Model),
  ),
  'POST /letters/:id': steps(
    staff,
    (house) => [`/letters/${idOf(house, IdentityLetter)}`, {}],
    (actor, { rows }) => can(actor, 'print', rows.get(IdentityLetter) as Model),
    identityLetters,
  ),
  'GET /desk/register': asks(staff),
  'GET /desk/register/imports/:id': asks(staff, (house) => [
    `/desk/register/imports/${idOf(house, RegisterImport)}`,
  ]),
  'POST /desk/register/look-up': asks(staff, ({ organisation: { country, taxId } }) => [
    ['/desk/register/look-up', { country, taxId }],
  ]),
  'POST /desk/register/imports': steps(staff, () => ['/desk/register/imports', {}], administrator, imports),
  'POST /desk/register/imports/:id/describe': steps(
    staff,
    (house) => [importOf(house, 'describe'), {}],
    administrator,
    imports,
  ),
  'POST /desk/register/imports/:id/run': steps(
    staff,
    (house) => [importOf(house, 'run'), {}],
    administrator,
    imports,
  ),
  'POST /desk/register/imports/:id/retry': steps(
    staff,
    (house) => [importOf(house, 'retry'), {}],
    administrator,
    imports,
  ),
  'POST /desk/register/imports/:id/cancel': steps(
    staff,
    (house) => [importOf(house, 'cancel'), {}],
    administrator,
    imports,
  ),

  // The desk of the cabinet
  'GET /desk/invoices/:id': asks(client, (house) => [`/desk/invoices/${idOf(house, Invoice)}`]),
  'GET /desk/invoices/:id/payment.svg': asks(client, (house) => [
    `/desk/invoices/${idOf(house, Invoice)}/payment.svg`,
  ]),
  'GET /desk/people': asks(client),
  'GET /desk/changes': asks(client),
  'GET /desk/places': asks(client),
  // The membership of a house is of somebody who is none of the people of the stage.
  'POST /desk/place': steps(
    client,
    (house) => ['/desk/place', { membershipId: Number(idOf(house, Membership)) }],
    no,
  ),

  // Files
  'GET /files/:kind/:id': asks(both, (house) => [
    `/files/document/${idOf(house, Document)}`,
    `/files/folder/${idOf(house, FolderFile)}?preview=1`,
    `/files/export/${idOf(house, Export)}`,
    `/files/invoice/${idOf(house, Invoice)}`,
    `/files/register-import/${idOf(house, RegisterImport)}`,
    `/files/identity-check/${idOf(house, Identity)}`,
    `/files/identity-confirmation/${idOf(house, Identity)}`,
    `/files/registration-signature/${idOf(house, Registration)}`,
  ]),
  'GET /print': asks(both, (house) => [`/print?ids=${idOf(house, Document)}`]),

  // One's own account
  'GET /desk/profile': asks(both),
  'POST /desk/profile/person': own(both, account),
  'POST /desk/profile/prove': own(both, account),
  'POST /desk/profile/password': own(both, account),
  'POST /desk/profile/factor/begin': own(both, account),
  'POST /desk/profile/factor/confirm': own(both, account),
  'POST /desk/profile/factor/off': own(both, 'test/admin/second-factor.test.ts'),
  'POST /desk/profile/codes': own(both, account),
  'POST /desk/profile/passkeys/options': own(both, account),
  'POST /desk/profile/passkeys': own(both, 'test/e2e/passkeys.test.ts'),
  'POST /desk/profile/passkeys/:id/name': steps(
    both,
    (house) => [`/desk/profile/passkeys/${idOf(house, Passkey)}/name`, { name: 'Чужой' }],
    no,
  ),
  'POST /desk/profile/passkeys/:id/remove': steps(
    both,
    (house) => [`/desk/profile/passkeys/${idOf(house, Passkey)}/remove`, {}],
    no,
  ),
  'POST /desk/profile/sessions/others/end': own(both, account),
  'POST /desk/profile/sessions/:id/end': steps(
    both,
    ({ session }) => [`/desk/profile/sessions/${session}/end`, {}],
    no,
  ),
  'GET /desk/profile/identity': asks(client),
  'POST /desk/profile/identity/own': own(client, identities),
  'POST /desk/profile/identity/submit': own(client, identities),
  'POST /desk/profile/identity/withdraw': own(client, identities),
  'GET /desk/profile/phone': asks(both),
  'POST /desk/profile/phone/send': own(both, phoneCodes),
  'POST /desk/profile/phone/confirm': own(both, phoneCodes),
  'GET /desk/profile/signature/:subject': own(client, identities),
  'POST /desk/profile/signature/:subject': own(client, identities),
  'POST /desk/profile/identity/letter/order': own(client, identityLetters),
  'POST /desk/profile/identity/letter/cancel': own(client, identityLetters),
  'POST /desk/profile/identity/letter/code': own(client, identityLetters),
  'GET /password': asks(both),
  'POST /password': own(both, 'test/admin/sign-in.test.ts'),
  'GET /second-factor': asks(both),
  'POST /second-factor': own(both, 'test/admin/second-factor.test.ts'),
  'GET /place': asks(client),
  'GET /again': own(client, wayIn),
  'POST /again': own(client, wayIn),
  'GET /again/for': own(client, wayIn),
  'POST /again/for': own(client, wayIn),
  'POST /place': own(client, account),

  // The doors
  'GET /login': door(both, 'test/admin/sign-in.test.ts'),
  'POST /login': door(both, processes),
  'POST /logout': door(both, 'test/admin/sign-in.test.ts'),
  'GET /login/code': door(both, 'test/admin/second-factor.test.ts'),
  'POST /login/code': door(both, 'test/admin/second-factor.test.ts'),
  'POST /passkey/options': door(both, 'test/e2e/passkeys.test.ts'),
  'POST /passkey/sign-in': door(both, 'test/e2e/passkeys.test.ts'),
  'GET /forgot': door(both, 'test/admin/recovery.test.ts'),
  'POST /forgot': door(both, processes),
  'GET /new-password': door(both, processes),
  'POST /new-password': door(both, 'test/admin/recovery.test.ts'),
  'GET /invitation': door(client, processes),
  'POST /invitation': door(client, processes),
  'GET /join': door(client, processes),
  'POST /join': door(client, processes),
  'GET /confirm': door(client, processes),
  'POST /confirm': door(client, 'test/operations/registrations/registrations.test.ts'),
  'GET /register': door(client, wayIn),
  'POST /register': door(client, wayIn),
  'GET /register/for': door(client, wayIn),
  'POST /register/for': door(client, processes),
  'GET /register/person': door(client, wayIn),
  'POST /register/person': door(client, wayIn),
  'GET /register/agreement': door(client, wayIn),
  'POST /register/agreement': door(client, processes),
}

const links = 'test/http/links.test.ts'
const health = 'test/http/health.test.ts'

/** Open to everybody, by full path: whoever holds the secret in the address, a supervisor, or anybody. */
export const openAddresses: Readonly<Record<string, Address>> = {
  'GET /': own(nobody, 'test/admin/leaks.test.ts'),
  'GET /l/:token': own(nobody, links),
  'POST /l/:token': own(nobody, links),
  'GET /l/:token/request.xlsx': own(nobody, links),
  'GET /l/:token/request.json': own(nobody, links),
  'GET /l/:token/papers/:id': own(nobody, links),
  'GET /l/:token/file': own(nobody, links),
  'GET /v/:code': own(nobody, links),
  'GET /health/live': own(nobody, health),
  'GET /health/ready': own(nobody, health),
  'GET /metrics': own(nobody, health),
}

function fileForm(): FormData {
  const form = new FormData()
  form.append('file', new Blob(['%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n']), 'Письмо.pdf')
  return form
}
