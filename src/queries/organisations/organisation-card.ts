/** The organisation card: everything around the lines an operator looks at before acting. */
import type { OrganisationCard, RequestMessage } from '../../../admin/desk-types.ts'
import { today } from '../../domain/calendar.ts'
import { formatDay } from '../../domain/date-format.ts'
import { DomainError } from '../../domain/errors.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { Contract } from '../../models/contract.ts'
import { Document } from '../../models/document.ts'
import { Employee } from '../../models/employee.ts'
import { FolderFile } from '../../models/folder-file.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import { Thread } from '../../models/thread.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise, can, policyOf } from '../../policies/define-policy.ts'
import { aboutItself, readEvents } from '../history/history-of.ts'
import { row, rows } from '../rows.ts'
import { visible } from '../visible.ts'
import { taxIdLabel } from './tax-id-label.ts'

const lastEvents = 6
const messagesAtMost = 20
const countedAtMost = 1000

/** @throws DomainError `not-found` for an organisation that does not exist for this actor */
export async function organisationCard(
  actor: Actor,
  { organisationId }: { organisationId: number },
): Promise<OrganisationCard> {
  authorise(actor, 'show', Organisation)
  const scope = visible(actor, Organisation, 'o')
  const organisation = await Organisation.findOne({
    where: { id: organisationId, ...policyOf(Organisation).scope(actor) },
    attributes: { exclude: [...policyOf(Organisation).hidden] },
    paranoid: false,
  })
  if (!organisation) throw new DomainError('not-found')
  const day = today(actor.timezone, new Date())
  const [contracts, tabs, debt, override, messages, history] = await Promise.all([
    contractsOf(actor, organisationId, day),
    countsOf(actor, organisationId),
    debtOf(actor, organisationId),
    overrideOf(organisation),
    messagesOf(actor, organisationId),
    readEvents(
      `e.organisation_id = $organisationId and ${aboutItself} and exists (select from organisations o where o.id = $organisationId and ${scope.sql})`,
      { ...scope.bind, organisationId },
      lastEvents,
    ),
  ])
  const verbs = Object.keys(policyOf(Organisation).verbs)
  return {
    id: organisation.id,
    name: organisation.name,
    state: organisation.deletedAt === null ? (organisation.state ?? 'draft') : 'deleted',
    country: organisation.country,
    codes: codesOf(organisation),
    contracts: contracts.map((contract) => ({
      id: contract.id,
      label: `${contract.number} · ${formatDay(contract.signed_on, actor.language)}`,
      isExpired: contract.is_expired,
    })),
    tabs,
    facts: {
      head: organisation.headName,
      phone: organisation.phone,
      email: organisation.email,
      emailFailing: organisation.emailFailingSince && {
        since: organisation.emailFailingSince.toISOString(),
        reason: organisation.emailFailingReason ?? '',
      },
      debt,
    },
    faults: faultsOf(organisation),
    override,
    messages,
    history,
    may: Object.fromEntries(verbs.map((verb) => [verb, can(actor, verb, organisation)])),
  }
}

function codesOf(organisation: Organisation): OrganisationCard['codes'] {
  const { country, kind, taxId, kpp, registrationNumber } = organisation
  const codes: OrganisationCard['codes'] = []
  if (taxId) codes.push({ label: taxIdLabel(country, kind), value: taxId })
  if (kpp) codes.push({ label: 'kpp', value: kpp })
  if (registrationNumber)
    codes.push({ label: kind === 'entrepreneur' ? 'ogrnip' : 'ogrn', value: registrationNumber })
  return codes
}

const faultsOf = ({ requisitesFaults }: Organisation): OrganisationCard['faults'] =>
  Object.fromEntries(
    Object.entries(requisitesFaults).map(([property, { code, params }]) => [
      property,
      { code, ...(params && { params: { ...params } }) },
    ]),
  )

async function contractsOf(actor: Actor, organisationId: number, day: string) {
  if (!can(actor, 'list', Contract)) return []
  const scope = visible(actor, Contract, 't')
  return rows<{ id: number; number: string; signed_on: string; is_expired: boolean }>(
    `select t.id, t.number, t.signed_on, coalesce(t.valid_to < $day::date, false) as is_expired
     from contracts t where t.organisation_id = $organisationId and t.deleted_at is null and ${scope.sql}
     order by is_expired, t.signed_on desc, t.id desc`,
    { ...scope.bind, organisationId, day },
  )
}

async function countsOf(actor: Actor, organisationId: number): Promise<OrganisationCard['tabs']> {
  const tabs = [
    ['lines', InvoiceLine],
    ['contracts', Contract],
    ['employees', Employee],
    ['files', FolderFile],
    ['documents', Document],
    ['threads', Thread],
  ] as const
  let bind: Record<string, unknown> = { organisationId }
  const counts = tabs.map(([key, model]) => {
    // What the role may not list counts as nothing: even a number tells something.
    if (!can(actor, 'list', model as never)) return `0 as ${key}`
    const scope = visible(actor, model as never, 't')
    bind = { ...bind, ...scope.bind }
    const kept = 'deletedAt' in (model as typeof Contract).getAttributes() ? ' and t.deleted_at is null' : ''
    return `(select count(*)::integer from (select from ${model.tableName} t
      where t.organisation_id = $organisationId and ${scope.sql}${kept} limit ${countedAtMost}) as found) as ${key}`
  })
  const found = await row<OrganisationCard['tabs']>(
    `select ${counts.join(', ')} where $organisationId::bigint is not null`,
    bind,
  )
  return found ?? { lines: 0, contracts: 0, employees: 0, files: 0, documents: 0, threads: 0 }
}

async function debtOf(actor: Actor, organisationId: number): Promise<OrganisationCard['facts']['debt']> {
  if (!can(actor, 'list', Invoice)) return []
  const scope = visible(actor, Invoice, 't')
  return rows(
    `select t.currency, sum(t.total_minor - t.paid_minor)::bigint as minor from invoices t
     where t.organisation_id = $organisationId and t.state in ('issued', 'part_paid') and t.deleted_at is null
       and ${scope.sql}
     group by t.currency order by t.currency`,
    { ...scope.bind, organisationId },
  )
}

async function overrideOf(organisation: Organisation): Promise<OrganisationCard['override']> {
  const {
    requisitesOverrideReason: reason,
    requisitesOverrideBy: id,
    requisitesOverrideAt: at,
  } = organisation
  if (!reason || !at) return null
  const author = await row<{ name: string }>(
    `select concat_ws(' ', name, surname) as name from users where id = $id`,
    {
      id,
    },
  )
  return { reason, by: author?.name ?? '—', at: at.toISOString() }
}

type MessageRow = {
  id: number
  number: string
  outcome: RequestMessage['outcome']
  failure_code: string | null
  failure_text: string | null
  at: Date
  tax_documents: RequestMessage['taxDocuments'] | null
}

async function messagesOf(actor: Actor, organisationId: number): Promise<RequestMessage[]> {
  if (!can(actor, 'list', AccountingRequest)) return []
  const scope = visible(actor, AccountingRequest, 't')
  const found = await rows<MessageRow>(
    `select t.id, t.number, t.outcome, t.failure_code, t.failure_text, coalesce(t.answered_at, t.updated_at) as at,
       (select jsonb_agg(distinct jsonb_build_object('kind', l.tax_document_kind, 'number', l.tax_document_number,
           'on', l.tax_document_on))
         from accounting_request_lines l where l.request_id = t.id and l.tax_document_number is not null) as tax_documents
     from accounting_requests t
     where t.organisation_id = $organisationId and t.state in ('done', 'failed') and ${scope.sql}
     order by at desc limit ${messagesAtMost}`,
    { ...scope.bind, organisationId },
  )
  const requests = await AccountingRequest.findAll({ where: { id: found.map(({ id }) => id) } })
  return found.map((message) => {
    const request = requests.find(({ id }) => id === message.id)
    return {
      requestId: message.id,
      number: message.number,
      outcome: message.outcome,
      taxDocuments: message.tax_documents ?? [],
      failure:
        message.failure_code === null && message.outcome === 'confirmed'
          ? null
          : { code: message.failure_code ?? message.outcome, text: message.failure_text },
      at: message.at.toISOString(),
      may: {
        acknowledge: request !== undefined && can(actor, 'acknowledge', request),
        retry: request !== undefined && can(actor, 'retry', request),
      },
    }
  })
}
