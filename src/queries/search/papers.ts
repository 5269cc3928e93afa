/** Contracts, invoices, accounting requests and documents by their number. */
import type { Model, ModelStatic } from 'sequelize'
import type { SearchHit } from '../../../admin/desk-types.ts'
import { formatDay } from '../../domain/date-format.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { Contract } from '../../models/contract.ts'
import { Document } from '../../models/document.ts'
import { Invoice } from '../../models/invoice.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'
import { screenOf } from '../screen-of.ts'
import { matchPiece } from './match-piece.ts'
import { findByNumber } from './numbers.ts'
import type { Terms } from './read-terms.ts'

type Paper = Readonly<{
  model: ModelStatic<Model>
  resourceId: string
  day: string
  hasSeries: boolean
  hasEnds: boolean
  hasPieces: boolean
  isKept: boolean
}>

const finder =
  (paper: Paper) =>
  async (actor: Actor, terms: Terms, limit: number): Promise<SearchHit[]> => {
    if (!can(actor, 'list', paper.model)) return []
    const ids = await findByNumber(actor, { ...paper, column: 'number' }, terms, limit)
    if (ids.length === 0) return []
    // The ids are within the actor's scope already, and so is the organisation each belongs to.
    const found = await rows<{ id: number; number: string; on: string | null; organisation: string }>(
      `select t.id, t.number, ${paper.day} as on, coalesce(o.short_name, o.name) as organisation
       from ${paper.model.tableName} t join organisations o on o.id = t.organisation_id
       where t.id = any ($ids) order by array_position($ids::bigint[], t.id)`,
      { ids },
    )
    return found.map(({ id, number, on, organisation }) => {
      const subtitle = [on === null ? null : formatDay(on, actor.language), organisation]
        .filter(Boolean)
        .join(' · ')
      return {
        id,
        title: number,
        subtitle,
        href: screenOf(paper.resourceId, id),
        match: matchPiece(terms, number),
      }
    })
  }

export const findContracts = finder({
  model: Contract,
  resourceId: 'contracts',
  day: 't.signed_on',
  hasSeries: false,
  hasEnds: false,
  hasPieces: true,
  isKept: true,
})

export const findInvoices = finder({
  model: Invoice,
  resourceId: 'invoices',
  day: 't.issued_on',
  hasSeries: true,
  hasEnds: true,
  hasPieces: false,
  isKept: true,
})

export const findRequests = finder({
  model: AccountingRequest,
  resourceId: 'accounting-requests',
  day: 't.shipment_on',
  hasSeries: true,
  hasEnds: false,
  hasPieces: false,
  isKept: false,
})

export const findDocuments = finder({
  model: Document,
  resourceId: 'documents',
  day: 't.issued_on',
  hasSeries: true,
  hasEnds: true,
  hasPieces: false,
  isKept: false,
})
