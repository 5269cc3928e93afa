/** Owns the words a person signs: made of what is known, so that the same facts give the same bytes until one changes. */

export type Statement = Readonly<{
  /** Of one row as it stands: a signature says nothing of another, nor of this one when it was told anew. */
  mark: string
  /** Where it is to hold. */
  site: string
  email: string
  person: string
  /** Null for somebody who confirms that they are who they say. */
  organisation: Readonly<{ name: string; taxId: string }> | null
}>

/** Both languages in one text: it is signed once, whichever its reader speaks. */
export function statementText({ mark, site, email, person, organisation }: Statement): string {
  const lines = organisation
    ? [
        `Я, ${person}, действую от имени организации ${organisation.name}, ${organisation.taxId}.`,
        `Прошу открыть ей личный кабинет на ${site} для моей учётной записи ${email}.`,
        '',
        `I, ${person}, act for the organisation ${organisation.name}, ${organisation.taxId}.`,
        `I ask for its cabinet at ${site} for my account ${email}.`,
      ]
    : [
        `Я, ${person}, подтверждаю, что учётная запись ${email} на ${site} принадлежит мне`,
        'и что данные документов в ней верны.',
        '',
        `I, ${person}, confirm that the account ${email} at ${site} is mine`,
        'and that the papers told in it are right.',
      ]
  return [`Заявление ${mark}`, '', ...lines, ''].join('\r\n')
}
