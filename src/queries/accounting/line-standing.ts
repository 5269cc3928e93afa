/** Where a line stands: its state, or, while accounting has it, whether accounting refused or kept silent (S3-16). */
import { literal, Op, type WhereOptions } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { lateAfterMinutes } from '../../domain/answer-times.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'

export const lineStandings = [...invoiceLineStates.states, 'refused', 'unanswered'] as const

export type LineStanding = (typeof lineStandings)[number]

/** The open request of a line as `r`, for a query over `invoice_lines l`. */
export const openRequest = `left join accounting_request_lines p on p.line_id = l.id and p.is_open
  left join accounting_requests r on r.id = p.request_id`

const failed = (alias: string) => `${alias}.state = 'failed' and ${alias}.outcome <> 'timed_out'`
const silent = (alias: string, now: string) =>
  `(${alias}.state = 'failed' and ${alias}.outcome = 'timed_out' or ${alias}.state = 'sent'
    and ${alias}.sent_at < ${now} - interval '${lateAfterMinutes} minutes')`

/** SQL over `invoice_lines l` and its {@link openRequest}; `now` is a placeholder or a quoted instant. */
export const standingOf = (now: string): string =>
  `case when l.state <> 'shipping_requested' or r.id is null then l.state
     when ${failed('r')} then 'refused' when ${silent('r', now)} then 'unanswered' else l.state end`

const linesWhose = (condition: string) =>
  literal(`(select open.line_id from accounting_request_lines open
    join accounting_requests asked on asked.id = open.request_id where open.is_open and ${condition})`)

/** The condition of a list of lines for these standings, started from the few requests that failed or wait. */
export function whereStanding(values: readonly string[], now: Date): WhereOptions {
  const at = `${sequelize.escape(now.toISOString())}::timestamptz`
  const special = {
    refused: linesWhose(failed('asked')),
    unanswered: linesWhose(silent('asked', at)),
  } as const
  const conditions: WhereOptions[] = []
  for (const value of values) {
    if (value === 'refused' || value === 'unanswered')
      conditions.push({ state: 'shipping_requested', id: { [Op.in]: special[value] } })
    else if (value === 'shipping_requested')
      conditions.push({
        [Op.and]: [
          { state: value },
          { id: { [Op.notIn]: special.refused } },
          { id: { [Op.notIn]: special.unanswered } },
        ],
      })
    else conditions.push({ state: value })
  }
  return { [Op.or]: conditions }
}
