/** Every address of the product, and how the matrix asks it about a house. */
import type { Model, ModelStatic } from 'sequelize'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { Document } from '../../src/models/document.ts'
import { Export } from '../../src/models/export.ts'
import { FolderFile } from '../../src/models/folder-file.ts'
import { Invoice } from '../../src/models/invoice.ts'
import { Membership } from '../../src/models/membership.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { Passkey } from '../../src/models/passkey.ts'
import { RegisterImport } from '../../src/models/register-import.ts'
import type { House } from './_matrix.ts'

const idOf = (house: House, model: ModelStatic<Model>): string =>
  String(Number(house.rows.get(model)?.get('id') ?? 0))
const organisationOf = (house: House) => idOf(house, Organisation)
const importOf = (house: House, verb: string) =>
  `/desk/register/imports/${idOf(house, RegisterImport)}/${verb}`

/** An address, or an address and what is posted to it: numbers of people and firms do not belong into an address. */
export type Question = string | readonly [path: string, body: Readonly<Record<string, unknown>>]

/**
 * Every address of the product and how it is asked about a house. An address that is not here fails the first test
 * below: say who may ask it. `null` is asked elsewhere, by the name that stands beside it.
 */
export const questions: Readonly<Record<string, ((house: House) => Question[]) | null>> = {
  'GET /events': null, // test/http/desk.test.ts: a stream names topics and nothing else
  'GET /chips/:resourceId': () => ['/desk/chips/invoices', '/desk/chips/documents'],
  'GET /counters': () => ['/desk/counters'],
  'GET /notifications': () => ['/desk/notifications'],
  'GET /notifications/settings': () => ['/desk/notifications/settings'],
  'GET /search': ({ organisation }) => [
    `/desk/search?q=${encodeURIComponent(organisation.name)}`,
    `/desk/search?q=${organisation.taxId}`,
  ],
  'GET /queue': () => ['/desk/queue'],
  'GET /invoices/:id': (house) => [`/desk/invoices/${idOf(house, Invoice)}`],
  'GET /invoices/:id/payment.svg': (house) => [`/desk/invoices/${idOf(house, Invoice)}/payment.svg`],
  'GET /people': () => ['/desk/people'],
  'GET /changes': () => ['/desk/changes'],
  'GET /places': () => ['/desk/places'],
  'GET /home': () => ['/desk/home'],
  'GET /work': () => ['/desk/work'],
  'GET /organisations/:id': (house) => [`/desk/organisations/${organisationOf(house)}`],
  'GET /organisations/:id/lines': (house) => [`/desk/organisations/${organisationOf(house)}/lines`],
  'GET /accounting-requests/:id/lines': (house) => [
    `/desk/accounting-requests/${idOf(house, AccountingRequest)}/lines`,
  ],
  'GET /history/:resourceId/:recordId': (house) => [
    `/desk/history/organisations/${organisationOf(house)}`,
    `/desk/history/documents/${idOf(house, Document)}`,
  ],
  'GET /jobs': () => ['/desk/jobs'],
  'GET /register': () => ['/desk/register'],
  'GET /register/imports/:id': (house) => [`/desk/register/imports/${idOf(house, RegisterImport)}`],
  'POST /register/look-up': ({ organisation: { country, taxId } }) => [
    ['/desk/register/look-up', { country, taxId }],
  ],
  'POST /requisites': ({ organisation }) => [
    [
      '/desk/requisites',
      { form: 'organisations', values: { country: organisation.country, taxId: organisation.taxId } },
    ],
    [
      '/desk/requisites',
      { form: 'employees', values: { organisationId: String(organisation.id), phone: '1' } },
    ],
  ],
  'GET /:kind/:id': (house) => [
    `/files/document/${idOf(house, Document)}`,
    `/files/folder/${idOf(house, FolderFile)}?preview=1`,
    `/files/export/${idOf(house, Export)}`,
    `/files/invoice/${idOf(house, Invoice)}`,
    `/files/register-import/${idOf(house, RegisterImport)}`,
  ],
  'GET /': (house) => ['', '/desk/profile', `/print?ids=${idOf(house, Document)}`],
  'GET /login': () => ['/login'],
  'GET /login/code': () => ['/login/code'],
  'GET /forgot': () => ['/forgot'],
  'GET /new-password': () => ['/new-password'],
  'GET /password': () => ['/password'],
  'GET /second-factor': () => ['/second-factor'],
  'GET /place': () => ['/place'],
  'GET /api/dashboard': () => ['/api/dashboard'],
  'GET /api/pages/:pageName': () => ['/api/pages/jobs'],
  'GET /pages/:pageName': () => ['/pages/jobs'],
  'GET /resources/:resourceId': () => ['/resources/invoices'],
  'GET /v/:code': null, // test/http/links.test.ts: a code tells whether a paper is in force and nothing more
  'GET /l/:token': null, // test/http/links.test.ts, as the two below
  'GET /l/:token/request.xlsx': null,
  'GET /l/:token/request.json': null,
  'GET /l/:token/papers/:id': null,
  'GET /l/:token/file': null,
  'GET /health/live': null, // test/http/health.test.ts
  'GET /health/ready': null,
  'GET /metrics': null,
}

/** The same for what changes something: who is refused, with a body that is right in itself. */
export const steps: Readonly<Record<string, ((house: House) => [path: string, body: object]) | null>> = {
  'POST /preferences': null, // one's own only: test/http/desk.test.ts
  'POST /notifications/read': null, // one's own only: test/http/notifications.test.ts
  'POST /notifications/settings': null,
  'POST /organisations/:id/files': (house) => [`/desk/organisations/${organisationOf(house)}/files`, {}],
  'POST /register/imports': () => ['/desk/register/imports', {}],
  'POST /register/imports/:id/describe': (house) => [importOf(house, 'describe'), {}],
  'POST /register/imports/:id/run': (house) => [importOf(house, 'run'), {}],
  'POST /register/imports/:id/retry': (house) => [importOf(house, 'retry'), {}],
  'POST /register/imports/:id/cancel': (house) => [importOf(house, 'cancel'), {}],
  'POST /work/cancel': (house) => ['/desk/work/cancel', { key: `export-${idOf(house, Export)}` }],
  'POST /jobs/failures/retry': () => ['/desk/jobs/failures/retry', { ids: [1] }],
  'POST /jobs/failures/:id/retry': () => ['/desk/jobs/failures/1/retry', {}],
  'POST /jobs/failures/:id/skip': () => ['/desk/jobs/failures/1/skip', {}],
  'POST /jobs/:name/run': () => ['/desk/jobs/check-files/run', {}],
  'POST /jobs/:name/pause': () => ['/desk/jobs/check-files/pause', {}],
  'POST /jobs/:name/resume': () => ['/desk/jobs/check-files/resume', {}],
  'POST /login': null, // test/admin/sign-in.test.ts
  'POST /logout': null,
  'POST /login/code': null, // test/admin/second-factor.test.ts
  'POST /second-factor': null,
  'POST /passkey/options': null,
  'POST /passkey/sign-in': null,
  'POST /forgot': null, // test/admin/recovery.test.ts
  'POST /new-password': null,
  // One's own only: test/admin/own-account.test.ts
  'POST /person': null,
  'POST /prove': null,
  'POST /password': null,
  'POST /factor/begin': null,
  'POST /factor/confirm': null,
  'POST /factor/off': null,
  'POST /codes': null,
  'POST /passkeys/options': null,
  'POST /passkeys': null,
  'POST /sessions/others/end': null,
  'POST /passkeys/:id/name': (house) => [
    `/desk/profile/passkeys/${idOf(house, Passkey)}/name`,
    { name: 'Чужой' },
  ],
  'POST /passkeys/:id/remove': (house) => [`/desk/profile/passkeys/${idOf(house, Passkey)}/remove`, {}],
  'POST /place': (house) => ['/desk/place', { membershipId: Number(idOf(house, Membership)) }],
  'POST /sessions/:id/end': ({ session }) => [`/desk/profile/sessions/${session}/end`, {}],
  'POST /l/:token': null, // test/http/links.test.ts
}
