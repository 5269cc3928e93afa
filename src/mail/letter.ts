/** What a letter consists of: a heading and a few kinds of blocks, so that every letter looks alike in HTML and in text. */

/** Paragraph. */
type TextBlock = Readonly<{ kind: 'text'; text: string }>

/** Names and values under each other: requisites, dates, numbers. */
type FactsBlock = Readonly<{ kind: 'facts'; facts: readonly { name: string; value: string }[] }>

/** What is sold or handed over: a name with a remark under it and a sum to the right. */
type LinesBlock = Readonly<{
  kind: 'lines'
  name: string
  sum: string
  rows: readonly { name: string; note: string; sum: string }[]
  total: { name: string; sum: string } | null
}>

/** The one thing to do, and the same address in plain letters for programs that show no buttons. */
type ButtonBlock = Readonly<{ kind: 'button'; label: string; href: string; hint: string }>

/** A remark on a ground of its own; the tone says whether it is late, lost or just good to know. */
type NoteBlock = Readonly<{ kind: 'note'; tone: 'quiet' | 'warn' | 'fail'; text: string }>

export type Block = TextBlock | FactsBlock | LinesBlock | ButtonBlock | NoteBlock

export type Letter = Readonly<{
  subject: string
  /** What a list of letters shows after the subject. */
  preheader: string
  heading: string
  blocks: readonly Block[]
  /** Who writes and why this reader gets it. */
  footer: string
}>
