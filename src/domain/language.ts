/** Owns the list of languages the office speaks; Russian comes first. */

export const languages = ['ru', 'en'] as const

export type Language = (typeof languages)[number]
