/** A sum in a column: its sign stands in the heading when that names the currency, and a phone, which shows no headings, has it here. */

import { signOf } from '../format.ts'
import { useWords } from '../use-words.ts'

type Props = { minor: number; currency: string; heading: string | undefined }

/** @param props.heading the currency the heading of the column names, if it names one */
export const Sum = ({ minor, currency, heading }: Props) => {
  const words = useWords()
  if (currency !== heading) return words.money(minor, currency)
  return (
    <>
      {words.sum(minor)}
      <span className="cd-phone-sign">{`\u00a0${signOf(currency)}`}</span>
    </>
  )
}
