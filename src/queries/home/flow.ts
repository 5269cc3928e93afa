/** The flow of the last 14 days: shipped, answered, made into documents, overdue. */
import type { Home } from '../../../admin/desk-types.ts'
import { addDays, startOfDay, today } from '../../domain/calendar.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { Document } from '../../models/document.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { visible } from '../visible.ts'

const shownDays = 14
const week = 7

type Stat = Home['stats'][number]
type Days = Stat['days']

/** Days as the actor's clock counts them, the oldest first, today last. */
export async function flow(actor: Actor, now = new Date()): Promise<Stat[]> {
  const last = today(actor.timezone, now)
  const days = Array.from({ length: shownDays }, (_, at) => addDays(last, at - shownDays + 1))
  return Promise.all([
    shipped(actor, days),
    answers(actor, days),
    documents(actor, days),
    overdue(actor, days),
  ])
}

const firstOf = (days: string[]): string => days[0] ?? ''
const lastOf = (days: string[]): string => days.at(-1) ?? ''

function fill(days: string[], found: { on: string; value: number }[]): Days {
  const valueOn = new Map(found.map(({ on, value }) => [on, value]))
  return days.map((on) => ({ on, value: valueOn.get(on) ?? 0 }))
}

const sum = (days: Days): number => days.reduce((total, { value }) => total + value, 0)

async function shipped(actor: Actor, days: string[]): Promise<Stat> {
  const scope = visible(actor, InvoiceLine, 't')
  const found = await rows<{ on: string; value: number }>(
    `select t.shipped_on as on, count(*)::integer as value from invoice_lines t
     where ${scope.sql} and t.shipped_on between $first::date and $last::date group by 1`,
    { ...scope.bind, first: firstOf(days), last: lastOf(days) },
  )
  const filled = fill(days, found)
  const before = filled.slice(0, -1)
  return {
    key: 'shipped',
    value: filled.at(-1)?.value ?? 0,
    // On a Monday one compares with Friday, not with an empty Sunday.
    previous: before.findLast(({ value }) => value > 0)?.value ?? 0,
    days: filled,
  }
}

const median = (values: number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}

async function answers(actor: Actor, days: string[]): Promise<Stat> {
  const scope = visible(actor, AccountingRequest, 't')
  const found = await rows<{ on: string; value: number }>(
    `select (t.answered_at at time zone $zone)::date as on,
       percentile_cont(0.5) within group (order by extract(epoch from t.answered_at - t.sent_at)::double precision) / 60 as value
     from accounting_requests t
     where ${scope.sql} and t.answered_at >= $from and t.sent_at is not null group by 1`,
    { ...scope.bind, zone: actor.timezone, from: startOfDay(firstOf(days), actor.timezone) },
  )
  const filled = fill(
    days,
    found.map(({ on, value }) => ({ on, value: Math.round(value) })),
  )
  const busy = (part: Days) => median(part.filter(({ value }) => value > 0).map(({ value }) => value))
  return {
    key: 'answer_minutes',
    value: Math.round(busy(filled.slice(-week))),
    previous: Math.round(busy(filled.slice(0, -week))),
    days: filled,
  }
}

async function documents(actor: Actor, days: string[]): Promise<Stat> {
  const scope = visible(actor, Document, 't')
  const found = await rows<{ on: string; value: number }>(
    `select t.issued_on as on, count(*)::integer as value from documents t
     where ${scope.sql} and t.issued_on between $first::date and $last::date and t.kind in ('act', 'licence')
       and t.state in ('ready', 'published')
     group by 1`,
    { ...scope.bind, first: firstOf(days), last: lastOf(days) },
  )
  const filled = fill(days, found)
  return {
    key: 'documents',
    value: sum(filled.slice(-week)),
    previous: sum(filled.slice(0, -week)),
    days: filled,
  }
}

async function overdue(actor: Actor, days: string[]): Promise<Stat> {
  const scope = visible(actor, Invoice, 't')
  const bind = { ...scope.bind, first: firstOf(days), last: lastOf(days) }
  const [changes, amounts] = await Promise.all([
    // An invoice becomes overdue the day after it is due and stops being so the day it is paid.
    rows<{ on: string; value: number }>(
      `select c.on, sum(c.value)::integer as value from (
         select greatest(t.due_on + 1, $first::date) as on, 1 as value from invoices t
         where ${scope.sql} and t.state in ('issued', 'part_paid') and t.due_on < $last::date and t.deleted_at is null
         union all
         select unnest(array[greatest(t.due_on + 1, $first::date), t.paid_on]), unnest(array[1, -1]) from invoices t
         where ${scope.sql} and t.state = 'paid' and t.paid_on > $first::date and t.due_on < t.paid_on
           and t.due_on < $last::date and t.deleted_at is null
       ) as c where c.on <= $last::date group by 1`,
      bind,
    ),
    rows<{ currency: string; minor: number }>(
      `select t.currency, sum(t.total_minor - t.paid_minor)::bigint as minor from invoices t
       where ${scope.sql} and t.state in ('issued', 'part_paid') and t.due_on < $last::date and t.deleted_at is null
       group by 1 order by 1`,
      bind,
    ),
  ])
  let running = 0
  const filled = fill(days, changes).map(({ on, value }) => ({ on, value: (running += value) }))
  return {
    key: 'overdue_invoices',
    value: filled.at(-1)?.value ?? 0,
    previous: filled.at(-2)?.value ?? 0,
    amounts,
    days: filled,
  }
}
