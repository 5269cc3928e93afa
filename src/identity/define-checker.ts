/** The port to whoever can vouch for papers: a state service over HTTP or СМЭВ answers here, one for each country or none. */
import type { IdentityFacts } from '../domain/identity.ts'
import type { Country } from '../domain/requisites/country.ts'

/** What is asked: the papers and the name that should stand in them. */
export type IdentityQuestion = Readonly<{
  facts: IdentityFacts
  surname: string
  name: string
  patronymic: string | null
}>

/** `differs` and `unavailable` are for somebody of the office to look at: no program refuses a person. */
export type IdentityOutcome = 'matches' | 'differs' | 'unavailable'

export type IdentityChecker = Readonly<{
  /** What `identities.answer_source` holds; its words are `identity.sources.<name>`. */
  name: string
  countries: readonly Country[]
  /** Answers within seconds; trouble of the other side is `unavailable`, thrown is only what is a defect. */
  check: (question: IdentityQuestion, now: Date) => Promise<IdentityOutcome>
}>

/** Asks the first who knows papers of this country; null when nobody does, and a person has to. */
export async function askCheckers(
  checkers: readonly IdentityChecker[],
  question: IdentityQuestion,
  now: Date,
): Promise<{ source: string; outcome: IdentityOutcome } | null> {
  const checker = checkers.find(({ countries }) => countries.includes(question.facts.country))
  return checker ? { source: checker.name, outcome: await checker.check(question, now) } : null
}

/** Those of this installation: none yet, so every check is somebody's decision. */
export const checkers: readonly IdentityChecker[] = []
