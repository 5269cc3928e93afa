/** What a person chose for their own screens: language, columns, rows a page, what they opened lately. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Language } from '../../domain/language.ts'
import { operation } from '../operation.ts'

export type Preferences = Readonly<{
  language?: Language | undefined
  /** Columns by resource; those of other resources stay as they are. */
  columns?: Readonly<Record<string, readonly string[]>> | undefined
  perPage?: number | undefined
  /** Ids of organisations, the latest first. */
  recent?: readonly number[] | undefined
}>

/** Only the actor's own. Neither audited nor versioned: it changes nothing anybody else sees. */
export const savePreferences = operation('user.prefer', async ({ actor }, wishes: Preferences) => {
  if (actor.kind !== 'user' || actor.id === null) throw new DomainError('forbidden')
  const { language = null, columns = {}, ...rest } = wishes
  const plain = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  await sequelize.query(
    `update users set language = coalesce($2, language),
       preferences = preferences || $3::jsonb
         || jsonb_build_object('columns', coalesce(preferences -> 'columns', '{}') || $4::jsonb)
     where id = $1`,
    { type: QueryTypes.UPDATE, bind: [actor.id, language, JSON.stringify(plain), JSON.stringify(columns)] },
  )
})
