/** Owns the countries the office serves and what of their law the code must know. */

import type { Currency } from '../money.ts'

export const countries = ['RU', 'KZ', 'BY'] as const

export type Country = (typeof countries)[number]

/** The currency an organisation of the country is billed in. */
export const currencyOf: Readonly<Record<Country, Currency>> = { RU: 'RUB', KZ: 'KZT', BY: 'BYN' }
