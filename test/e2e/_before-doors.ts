/** The walk through everything that opens without an account, or before one is let in: both doors, their ways in, personal links. */
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { demoPassword } from '../../seeders/demo/logins.ts'
import { atomic } from '../../src/db/atomic.ts'
import type { Language } from '../../src/domain/language.ts'
import { AccessLink } from '../../src/models/access-link.ts'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { Document } from '../../src/models/document.ts'
import { Export } from '../../src/models/export.ts'
import { Invitation } from '../../src/models/invitation.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { Registration } from '../../src/models/registration.ts'
import { SignInRule } from '../../src/models/sign-in-rule.ts'
import { User } from '../../src/models/user.ts'
import { requestRegister } from '../../src/operations/exports/export-register.ts'
import { issueLink, linkAddress } from '../../src/operations/links/personal-links.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { ownerOf } from '../../src/operations/users/own-account.ts'
import { issuePasswordLink } from '../../src/operations/users/password-links.ts'
import { beginSecondFactor, confirmSecondFactor } from '../../src/operations/users/second-factor.ts'
import { scopeFor } from '../../src/policies/define-policy.ts'
import { countRegister, selectionOf } from '../../src/queries/reports/read-register.ts'
import { actorOf, as, buildClient, buildUser, built, testPassword, validInn } from '../_support/factories.ts'
import { until } from '../_support/until.ts'

/** One person's way; `see` is told each time there is something new to look at. */
export type Walk = (page: Page, language: Language, see: (name: string) => Promise<void>) => Promise<void>

const pathOf = (link: Pick<AccessLink, 'id' | 'purpose'>): string => new URL(linkAddress(link)).pathname

/** A stranger again, who reads this language. */
async function beStranger(page: Page, root: string, language: Language): Promise<void> {
  await page.context().clearCookies()
  await page.goto(`${root}/login?lang=${language}`)
}

const submit = (page: Page) => page.locator('main form button:not(.plain)').last().click()

/** Sends a form that is answered with the same form and what is wrong with it. */
async function submitWrong(page: Page): Promise<void> {
  await submit(page)
  await page.locator('.fault:not([hidden])').first().waitFor()
}

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value)
}

async function enter(page: Page, email: string, password = testPassword): Promise<void> {
  await fill(page, { email, password })
  await submit(page)
  await page.waitForURL((address) => !address.pathname.endsWith('/login'))
}

const codeOf = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(/\s/g, '')) }).generate()

const differing = { next: 'Long-enough-2-be-1$', again: 'Another-long-1-to-be$' }

/** What both doors have: coming in, forgetting the password, having to change it, a code of a phone. */
async function walkDoor(
  { page, root, language }: { page: Page; root: string; language: Language },
  build: (values?: object) => Promise<User>,
  see: (name: string) => Promise<void>,
): Promise<void> {
  await beStranger(page, root, language)
  await see('the sign-in')
  await fill(page, { email: 'nobody@nowhere.example', password: 'not the password' })
  await submitWrong(page)
  await see('the sign-in with a fault')
  await page.goto(`${root}/login?done=password`)
  await see('the sign-in after a new password')
  await page.goto(`${root}/forgot`)
  await see('the forgotten password')
  // Whoever is asked for often has to wait.
  await fill(page, { email: `nobody-${language}@${root.slice(1)}.example` })
  await submit(page)
  await page.locator('#email').waitFor({ state: 'detached' })
  await see('the letter with a link')

  const link = await issuePasswordLink(systemContext('test'), {
    userId: (await build()).id,
    purpose: 'first',
    hasOwnLetter: true,
  })
  await page.goto(pathOf(link))
  await see('a new password')
  await fill(page, differing)
  await submitWrong(page)
  await see('a new password with a fault')
  await beStranger(page, root, language)
  await page.goto(`${root}/new-password`)
  await see('a link to a password that is gone')

  await beStranger(page, root, language)
  await enter(page, (await build({ mustChangePassword: true, language })).email)
  await page.waitForURL(/\/password$/)
  await see('the change of a password')
  await fill(page, { current: testPassword, ...differing })
  await submitWrong(page)
  await see('the change of a password with a fault')

  const careful = await build({ language })
  const owner = { actor: ownerOf(careful), now: new Date(Date.now() - 60_000) }
  const { secret } = await beginSecondFactor(owner, {})
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: owner.now.getTime() })
  await confirmSecondFactor(owner, { code })
  await beStranger(page, root, language)
  await enter(page, careful.email)
  await see('the code of a phone')
  await fill(page, { code: '000000' })
  await submitWrong(page)
  await see('the code of a phone with a fault')
}

export const staffDoor: Walk = async (page, language, see) => {
  const root = '/admin'
  await walkDoor({ page, root, language }, (values) => buildUser({ role: 'support', ...values }), see)
  await built(() =>
    SignInRule.update(
      { isSecondFactorRequired: true },
      { where: { role: 'support' }, individualHooks: true },
    ),
  )
  await beStranger(page, root, language)
  await enter(page, (await buildUser({ role: 'support', language })).email)
  await page.waitForURL(/\/second-factor$/)
  await see('turning on the codes')
  await fill(page, { code: '000000' })
  await submitWrong(page)
  await see('turning on the codes with a fault')
  await fill(page, { code: codeOf((await page.locator('main code').first().textContent()) ?? '') })
  await submit(page)
  await page.locator('.codes').waitFor()
  await see('the codes on paper')
  await page.goto(`${root}/nowhere`)
  await see('an address of the office that is not there')
  await page.goto('/nowhere')
  await see('an address that is not there')
}

export const clientDoor: Walk = async (page, language, see) => {
  const root = '/cabinet'
  const organisation = await Organisation.findOne({ where: { taxId: '7801234564' }, rejectOnEmpty: true })
  const build = async (values = {}) => (await buildClient({ organisation, role: 'employee', ...values })).user
  await walkDoor({ page, root, language }, build, see)
  await beStranger(page, root, language)
  const email = 'client@certdesk.example'
  await built(() => User.update({ language }, { where: { email }, individualHooks: true }))
  await enter(page, email, demoPassword)
  await page.waitForURL(/\/place$/)
  await see('the choice of an organisation')
  await page.locator('main form button').first().click()
  await page.waitForURL((address) => address.pathname === root)
  await page.goto(`${root}/nowhere`)
  await see('an address of the cabinet that is not there')
  // Nobody is made to have a second factor here: the page leads on.
  await page.goto(`${root}/second-factor`)
  // Nobody was refused either; asking again has its own test over HTTP.
  for (const path of ['again', 'again/for']) await page.goto(`${root}/${path}`)
  await beStranger(page, root, language)
  await walkInvitation(page, see)
  await walkRegistrations(page, language, see)
}

async function walkInvitation(page: Page, see: (name: string) => Promise<void>): Promise<void> {
  const linkOf = async (state: Invitation['state']) => {
    const { id } = await Invitation.findOne({ where: { state }, rejectOnEmpty: true })
    return AccessLink.findOne({ where: { purpose: 'invitation', subjectId: id }, rejectOnEmpty: true })
  }
  await page.goto(pathOf(await linkOf('sent')))
  await see('an invitation')
  await fill(page, differing)
  await submitWrong(page)
  await see('an invitation with a fault')
  await page.goto(pathOf(await linkOf('revoked')))
  await see('an invitation taken back')
}

async function walkRegistrations(
  page: Page,
  language: Language,
  see: (name: string) => Promise<void>,
): Promise<void> {
  const person = { surname: 'Рябов', name: 'Кирилл' }
  const open = { purpose: 'registration', revokedAt: null } as const
  await page.goto(pathOf(await AccessLink.findOne({ where: open, rejectOnEmpty: true })))
  await see('the registration by a link')
  await fill(page, { ...person, email: 'ryabov@client' })
  await submitWrong(page)
  await see('the registration by a link with a fault')
  const email = `ryabov.${language}@client.example`
  await fill(page, { email })
  await submit(page)
  await page.locator('[name=email]').waitFor({ state: 'detached' })
  await see('the letter of a registration')
  await page.context().clearCookies({ name: 'certdesk.join' })
  await page.goto('/cabinet/join')
  await see('a link to register by that is gone')

  const { id: subjectId } = await Registration.findOne({ where: { email }, rejectOnEmpty: true })
  const letter = { purpose: 'registration_confirm', subjectId } as const
  const link = await AccessLink.findOne({ where: letter, rejectOnEmpty: true })
  await page.goto(pathOf(link))
  await see('the confirmation of a mailbox')
  await submit(page)
  await page.locator('main form').waitFor({ state: 'detached' })
  await see('a confirmed mailbox')
  await page.goto(pathOf(link))
  await see('a mailbox confirmed before')

  await page.goto('/cabinet/register')
  await see('step 1 of a registration')
  await page.locator('[name=country][value=RU]').check()
  await submit(page)
  await page.locator('[name=taxId]').waitFor()
  await see('step 2 of a registration')
  await fill(page, { taxId: '1234567890' })
  await submitWrong(page)
  await see('step 2 of a registration with a fault')
  await fill(page, { taxId: validInn() })
  await page.locator('[name=action][value=find]').click()
  await page.locator('[name=name]').waitFor()
  await see('step 2 of a registration, not found')
  await fill(page, { kpp: '770101001', name: 'ООО «Новый клиент»' })
  await submit(page)
  await page.locator('[name=surname]').waitFor()
  await see('step 3 of a registration')
  await fill(page, { ...person, email: `new.${language}@client.example`, ...differing })
  await submitWrong(page)
  await see('step 3 of a registration with a fault')
  await fill(page, { next: differing.next, again: differing.next })
  await submit(page)
  await page.locator('[name=agreed]').waitFor()
  await see('step 4 of a registration')
  await page.locator('[name=agreed]').check()
  await submit(page)
  await page.locator('main form').waitFor({ state: 'detached' })
  await see('the letter of a registration in steps')
}

type LinkTo = Pick<AccessLink, 'purpose' | 'subjectId' | 'officeId'>

/** A link somebody got by letter; `end` says how it has ended since. */
const issued = (
  { purpose, subjectId, officeId }: LinkTo,
  end: Partial<AccessLink> = {},
): Promise<AccessLink> =>
  atomic(async () => {
    const now = new Date()
    const expiresAt = new Date(now.getTime() + 86_400_000)
    const link = { purpose, subjectId, officeId, recipient: 'buh@sever.example', isSingleUse: true }
    return (await issueLink({ ...link, expiresAt, now })).update(end)
  })

/** A register somebody of the office asked for. */
async function readyRegister(): Promise<Export> {
  const email = 'operator@certdesk.example'
  const operator = actorOf(await User.findOne({ where: { email }, rejectOnEmpty: true }))
  const condition = selectionOf(InvoiceLine, scopeFor(operator, InvoiceLine))
  const { id } = await requestRegister(as(operator), {
    condition,
    officeId: operator.officeId,
    rowsExpected: await countRegister({ condition, order: 'l.id' }),
    language: 'ru',
  })
  return until(() => Export.findOne({ where: { id, state: 'ready' } }), 'a register')
}

/** Whoever got a letter: the accountant, a client with papers, somebody with a paper in the hand. */
export const personalLinks: Walk = async (page, language, see) => {
  const request = await AccountingRequest.findOne({ where: { state: 'sent' }, rejectOnEmpty: true })
  const asked = { purpose: 'accounting_answer', subjectId: request.id, officeId: request.officeId } as const
  const open = await issued(asked)
  const papers = await AccessLink.findOne({ where: { purpose: 'documents' }, rejectOnEmpty: true })
  const paper = await Document.findOne({ where: { state: 'published' }, rejectOnEmpty: true })
  const made = await readyRegister()
  const register = { purpose: 'export', subjectId: made.id, officeId: made.officeId } as const
  const past = new Date(Date.now() - 60_000)
  const addresses: Readonly<Record<string, string>> = {
    'a request to accounting': pathOf(open),
    'the papers': pathOf(papers),
    'a register': pathOf(await issued(register)),
    'a used link': pathOf(await issued(asked, { usedAt: past })),
    'a revoked link': pathOf(await issued(asked, { revokedAt: past })),
    'an expired link': pathOf(await issued(asked, { expiresAt: past })),
    'an unknown link': '/l/1-unknown',
    'a valid paper': `/v/${paper.verificationCode}`,
    'an unknown paper': '/v/AAAA-BBBB-CCCC-DDDD',
    'the captured letters': '/outbox',
    'the samples of letters': '/outbox/samples',
  }
  await page.goto(`/v/${paper.verificationCode}?lang=${language}`)
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(address)
    await see(name)
  }
  await page.goto('/outbox')
  await page.locator('main li a').first().click()
  await page.locator('iframe').waitFor()
  await see('a letter')
  await page.goto(pathOf(open))
  await page.locator('button[value=confirm]').click()
  await page.getByRole('alert').waitFor()
  for (const way of await page.locator('details > summary').all()) await way.click()
  await see('a request to accounting with faults')
}
