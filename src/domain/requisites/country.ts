/** Owns the countries the office serves and what of their law the code must know. */

export const countries = ['RU', 'KZ', 'BY'] as const

export type Country = (typeof countries)[number]
