/** The records behind a set of invoices, read in a handful of queries however many there are. */
import { BankAccount } from '../../models/bank-account.ts'
import { Contract } from '../../models/contract.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Party, Sale } from './compose-documents.ts'

/** Invoice id → its sale. Deleted organisations and contracts are read too: what was sold to them was sold. */
export async function loadSales(invoiceIds: readonly number[]): Promise<Map<number, Sale>> {
  const invoices = await Invoice.findAll({ where: { id: [...new Set(invoiceIds)] }, paranoid: false })
  const organisationIds = [
    ...new Set(invoices.flatMap(({ organisationId, sellerId }) => [organisationId, sellerId])),
  ]
  const contractIds = [...new Set(invoices.flatMap(({ contractId }) => contractId ?? []))]
  const organisations = byId(await Organisation.findAll({ where: { id: organisationIds }, paranoid: false }))
  const contracts = byId(await Contract.findAll({ where: { id: contractIds }, paranoid: false }))
  // Money sent to an account with a wrong key comes back at best: it is printed when two people stand for it.
  const banks = await BankAccount.findAll({
    where: { organisationId: organisationIds, requisitesState: ['right', 'confirmed'] },
    order: [
      ['isMain', 'desc'],
      ['id', 'asc'],
    ],
  })

  const party = (id: number, currency: string): Party => {
    const organisation = organisations.get(id)
    if (!organisation) throw new Error(`organisation ${id} of an invoice is gone`)
    const own = banks.filter((bank) => bank.organisationId === id)
    return { organisation, bank: own.find((bank) => bank.currency === currency) ?? own[0] ?? null }
  }
  return new Map(
    invoices.map((invoice) => [
      invoice.id,
      {
        invoice,
        seller: party(invoice.sellerId, invoice.currency),
        customer: party(invoice.organisationId, invoice.currency),
        contract: (invoice.contractId && contracts.get(invoice.contractId)) || null,
      },
    ]),
  )
}

const byId = <M extends { id: number }>(records: readonly M[]) =>
  new Map(records.map((record) => [record.id, record]))
