/** Offices a newcomer may turn to, and the text they agree to: what anybody may know. */
import type { Country } from '../../domain/requisites/country.ts'
import { row, rows } from '../rows.ts'

export type Office = Readonly<{ id: number; name: string; country: Country }>

/** Selling organisations that are open, by name. */
export const openOffices = (): Promise<Office[]> =>
  rows<Office>(
    `select id, coalesce(short_name, name) as name, country from organisations
      where id = office_id and roles @> '{seller}' and state = 'active' and deleted_at is null
      order by name, id`,
  )

export type CurrentAgreement = Readonly<{ id: number; version: number; text: string }>

export const currentAgreement = (language: 'ru' | 'en'): Promise<CurrentAgreement | null> =>
  row<CurrentAgreement>(
    `select id, version, case when $language = 'ru' then text_ru else text_en end as text
       from agreements where valid_from <= now() order by version desc limit 1`,
    { language },
  )
