/** Keeps what a register outside answered, so that it is asked once in its time. */
import { rows } from '../../queries/rows.ts'
import type { RegisterAnswer, RegisterQuestion } from '../../registers/define-register.ts'

const dayMs = 24 * 3_600_000

/** How many days an answer is believed: an organisation lives long, but one not found today may be entered tomorrow. */
const daysBelieved = { found: 30, 'not-found': 1 } as const

/** Newer replaces older; of two that come together either is right. */
export async function rememberAnswer(
  { country, taxId, kpp }: RegisterQuestion,
  answer: Exclude<RegisterAnswer, { outcome: 'unavailable' }>,
  now: Date,
): Promise<void> {
  await rows(
    `insert into register_checks (country, tax_id, kpp, source, outcome, result, as_of, checked_at, valid_until)
     values ($country, $taxId, $kpp, $source, $outcome, $result::jsonb, $asOf, $now, $validUntil)
     on conflict (country, tax_id, kpp, source) do update set outcome = excluded.outcome, result = excluded.result,
       as_of = excluded.as_of, checked_at = excluded.checked_at, valid_until = excluded.valid_until`,
    {
      country,
      taxId,
      kpp,
      source: answer.source,
      outcome: answer.outcome,
      result: answer.outcome === 'found' ? JSON.stringify(answer.organisation) : null,
      asOf: answer.asOf,
      now,
      validUntil: new Date(now.getTime() + daysBelieved[answer.outcome] * dayMs),
    },
  )
}
