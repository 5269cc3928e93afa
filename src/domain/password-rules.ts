/** What a password is made of (S2-06), as a table: the server checks it, and a page can check the same while one types. */

/** A password keeps the rule when the pattern, read with the flag `u`, is found in it. */
export type PasswordRule = Readonly<{ key: string; pattern: string }>

export type Audience = 'staff' | 'client'

/** The staff hold everybody's data: theirs is longer. */
export const leastLength = { staff: 12, client: 8 } as const satisfies Record<Audience, number>

export const mostLength = 200

const lengthRule = (audience: Audience): PasswordRule => ({
  key: `length${leastLength[audience]}`,
  pattern: `^[^]{${leastLength[audience]},}$`,
})

const made: readonly PasswordRule[] = [
  { key: 'digit', pattern: '\\p{Nd}' },
  { key: 'upper', pattern: '\\p{Lu}' },
  { key: 'lower', pattern: '\\p{Ll}' },
  { key: 'special', pattern: '[%$@&*#]' },
  { key: 'caret', pattern: '^[^\\^]*$' },
]

export const passwordRules = (audience: Audience): readonly PasswordRule[] => [lengthRule(audience), ...made]

/** The keys of the rules this password breaks, in the order of the table. */
export const unmetRules = (password: string, audience: Audience): string[] =>
  passwordRules(audience)
    .filter(({ pattern }) => !new RegExp(pattern, 'u').test(password))
    .map(({ key }) => key)
