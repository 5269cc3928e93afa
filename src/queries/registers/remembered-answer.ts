/** What a register outside has answered before, as long as it is believed. */
import type {
  RegisterAnswer,
  RegisterQuestion,
  RegisteredOrganisation,
} from '../../registers/define-register.ts'
import { row } from '../rows.ts'

type Kept = { outcome: 'found' | 'not-found'; result: RegisteredOrganisation | null; as_of: Date }

export async function rememberedAnswer(
  source: string,
  { country, taxId, kpp }: RegisterQuestion,
  now: Date,
): Promise<RegisterAnswer | null> {
  const kept = await row<Kept>(
    `select outcome, result, as_of from register_checks
     where country = $country and tax_id = $taxId and kpp is not distinct from $kpp and source = $source
       and valid_until > $now`,
    { country, taxId, kpp, source, now },
  )
  if (!kept) return null
  const asOf = kept.as_of.toISOString()
  return kept.result
    ? { outcome: 'found', organisation: kept.result, source, asOf }
    : { outcome: 'not-found', source, asOf }
}
