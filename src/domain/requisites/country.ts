/** Owns the countries the office serves and what of their law the code must know. */

import type { Currency } from '../money.ts'

export const countries = ['RU', 'KZ', 'BY'] as const

export type Country = (typeof countries)[number]

/** In what an organisation of the country keeps its accounts and its prices, unless somebody says otherwise. */
export const homeCurrency: Readonly<Record<Country, Currency>> = { RU: 'RUB', KZ: 'KZT', BY: 'BYN' }
