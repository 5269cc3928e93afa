/** Numbers without gaps or doubles: a counter per series, seller and year, taken under its row lock. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { documentNumber, seriesYear, type Series } from '../../domain/document-number.ts'
import { DomainError } from '../../domain/errors.ts'

export type TakenNumber = Readonly<{ number: string; seriesNumber: number; seriesYear: number }>

/**
 * Takes `count` consecutive numbers inside the ambient transaction, so a rollback gives them back. Take them as late
 * as the work allows: everybody who issues in this series waits until the transaction ends.
 * @throws DomainError `number-day-passed` {last} when the series has already gone past that day.
 */
export async function takeNumbers(
  series: Series,
  sellerId: number,
  day: string,
  count = 1,
): Promise<TakenNumber[]> {
  const year = seriesYear(day)
  const [counter] = await sequelize.query<{ last: number }>(
    `insert into sequences as s (series, seller_id, year, last, last_on) values ($1, $2, $3, $4, $5)
     on conflict (series, seller_id, year) do update set last = s.last + excluded.last, last_on = excluded.last_on
     where s.last_on is null or s.last_on <= excluded.last_on
     returning last`,
    { type: QueryTypes.SELECT, bind: [series, sellerId, year, count, day] },
  )
  if (!counter) throw new DomainError('number-day-passed', { day })
  return Array.from({ length: count }, (_, index) => {
    const seriesNumber = counter.last - count + 1 + index
    return { number: documentNumber(series, year, seriesNumber), seriesNumber, seriesYear: year }
  })
}
