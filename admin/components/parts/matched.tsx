/** Text with the piece that was searched for in bold; ё equals е and letter case does not matter. */

const fold = (text: string) => text.toLocaleLowerCase().replaceAll('ё', 'е')

export const Matched = ({ text, match }: { text: string; match: string }) => {
  const from = match ? fold(text).indexOf(fold(match)) : -1
  if (from < 0) return <>{text}</>
  const to = from + match.length
  return (
    <>
      {text.slice(0, from)}
      <mark className="cd-match">{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  )
}
