/** Every word of the back office exists in both languages, and neither language borrows from the other. */
import test from 'ava'
import '../src/models/associations.ts'
import '../src/policies/index.ts'
import { jobs } from '../jobs/index.ts'
import { languages } from '../src/domain/language.ts'
import { documentStates } from '../src/domain/states/document.ts'
import { topics } from '../src/queue/messages.ts'
import { readSources } from './_support/sources.ts'
import { keysOf, stemOf, textsOf, wantedByResources, type Wanted } from './_support/words.ts'

const missing = (wanted: readonly Wanted[], has: ReadonlySet<string>): string[] => [
  ...new Set(wanted.filter((keys) => !keys.some((key) => has.has(key))).map((keys) => keys.join(' | '))),
]

/** The name of every operation, also of those that keep plain records. */
function operations(): string[] {
  const texts = readSources().filter(({ path }) => path.startsWith('src/operations/'))
  const named = texts.flatMap(({ text }) =>
    [...text.matchAll(/\boperation\(\s*'([a-z-]+\.[A-Za-z-]+)'/g)].map(([, name]) => name ?? ''),
  )
  const kept = readSources()
    .filter(({ path }) => /^(src\/operations|admin\/resources)\//.test(path))
    .flatMap(({ text }) => [...text.matchAll(/\bkeepRecords\('([a-z-]+)'/g)])
    .flatMap(([, noun]) => ['create', 'edit', 'delete', 'restore'].map((verb) => `${noun}.${verb}`))
  const accepted = texts
    .flatMap(({ text }) => [...text.matchAll(/\bacceptingRequisites\('([a-z-]+)'/g)])
    .flatMap(([, noun]) => ['override', 'confirm'].map((verb) => `${noun}.${verb}-requisites`))
  return [...new Set([...named, ...kept, ...accepted])]
}

for (const language of languages) {
  const keys = keysOf(language)

  test(`every resource is described: ${language}`, (t) => {
    t.deepEqual(missing(wantedByResources(), keys), [])
  })

  test(`every job, queue and group has its words: ${language}`, (t) => {
    const wanted: Wanted[] = [
      ...jobs.map(({ name }) => [`jobs.about.${name}`]),
      ...topics.map((topic) => [`jobs.topics.${topic.replaceAll('.', '_')}`]),
      ...['clients', 'shipping', 'system'].map((group) => [`labels.${group}`]),
      ...['administrator', 'operator', 'accountant', 'support'].map((role) => [`screens.roles.${role}`]),
      ...documentStates.states.map((state) => [
        `resources.documents.labels.state.${state}`,
        `labels.state.${state}`,
      ]),
    ]
    t.deepEqual(missing(wanted, keys), [])
  })

  test(`every key a component or the server names in full exists: ${language}`, (t) => {
    const spoken =
      /\b(?:t|translate|notice|said)\(\s*(?:language,\s*|'(?:ru|en)',\s*)?'(?<key>[A-Za-z][\w-]*(?:\.[\w-]+)+)'/g
    const wanted = readSources()
      .filter(({ path }) => /^(admin|src\/http)\//.test(path))
      .flatMap(({ text, path }) =>
        [...text.matchAll(spoken)].map(({ groups }) => ({ path, key: groups?.['key'] ?? '' })),
      )
    t.true(wanted.length > 100, 'the search finds the keys')
    t.deepEqual(
      wanted.filter(({ key }) => !keys.has(key)).map(({ path, key }) => `${path}: ${key}`),
      [],
    )
  })

  test(`every operation has its sentence in the history, which names its subject: ${language}`, (t) => {
    const texts = textsOf(language)
    // What was done to a clock or to the queue has no name a reader knows.
    const nameless = /^history\.(batch|job|message|notification)\./
    const silent = operations().filter((name) => !texts.get(`history.${name}`)?.trim())
    t.deepEqual(silent, [])
    t.deepEqual(
      operations()
        .map((name) => `history.${name}`)
        .filter((key) => !nameless.test(key) && !texts.get(key)?.includes('{{title}}')),
      [],
    )
  })

  // A row of the queue may have nothing to add to its title; AdminJS's version is shown nowhere.
  const mayBeEmpty = (key: string): boolean =>
    /^queue\.[\w-]+\.detail$/.test(key) || key === 'labels.adminVersion'

  test(`no text is empty: ${language}`, (t) => {
    t.deepEqual(
      [...textsOf(language)]
        .filter(([key, text]) => text.trim() === '' && !mayBeEmpty(key))
        .map(([key]) => key),
      [],
    )
  })
}

test('both languages have the same keys', (t) => {
  const [ru, en] = [textsOf('ru'), textsOf('en')].map((texts) => new Set([...texts.keys()].map(stemOf)))
  if (!ru || !en) throw new Error('a language is missing')
  t.deepEqual(
    {
      onlyRussian: [...ru].filter((key) => !en.has(key)),
      onlyEnglish: [...en].filter((key) => !ru.has(key)),
    },
    {
      onlyRussian: [],
      onlyEnglish: [],
    },
  )
})

test('a plural has every form of its language', (t) => {
  const forms = { ru: ['one', 'few', 'many'], en: ['one', 'other'] } as const
  const gaps = languages.flatMap((language) => {
    const texts = textsOf(language)
    const stems = new Set([...texts.keys()].filter((key) => key.endsWith('_one')).map(stemOf))
    return [...stems].flatMap((stem) =>
      forms[language]
        .filter((form) => !texts.has(`${stem}_${form}`))
        .map((form) => `${language}: ${stem}_${form}`),
    )
  })
  t.deepEqual(gaps, [])
})

/** Names of things that have no Russian: products, formats, protocols, keys of the keyboard. */
const russianKnows = new Set(
  'certdesk Excel PDF PNG JPG JPEG DOCX XLSX XML JSON CSV ZIP QR SHA-256 Ctrl Enter Esc Tab UTC IP IBAN BIC SWIFT ID'.split(
    ' ',
  ),
)
/** What a sentence holds in place of words: parameters, addresses, file names. */
const withoutPlaces = (text: string): string =>
  text
    .replaceAll(/\{\{[^}]*\}\}|\$t\([^)]*\)|<[^>]+>/g, ' ')
    .replaceAll(/\S+@\S+|https?:\S+|\.[a-z]{3,4}\b/g, ' ')

/** A switch of languages speaks the language it leads to. */
const isInItsLanguage = ([key, text]: [string, string]): boolean =>
  key !== 'screens.frame.other_language' && !['English', 'Русский'].includes(text)

test('a Russian text holds no English word', (t) => {
  const borrowed = [...textsOf('ru')]
    .filter(isInItsLanguage)
    .flatMap(([key, text]) =>
      (withoutPlaces(text).match(/[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*/g) ?? [])
        .filter((word) => !russianKnows.has(word) && !russianKnows.has(word.toUpperCase()))
        .map((word) => `${key}: ${word}`),
    )
  t.deepEqual(borrowed, [])
})

test('an English text holds no Russian letter', (t) => {
  const borrowed = [...textsOf('en')].filter(isInItsLanguage).filter(([, text]) => /[а-яё]/i.test(text))
  t.deepEqual(borrowed, [])
})

test('a job is described in both languages', (t) => {
  const wrong = jobs.filter(
    ({ description }) =>
      !/[а-яё]/i.test(description.ru) || !/[a-z]/i.test(description.en) || /[а-яё]/i.test(description.en),
  )
  t.deepEqual(
    wrong.map(({ name }) => name),
    [],
  )
})

test('a Russian sentence about what somebody did takes the ending of a woman', (t) => {
  const past = [...textsOf('ru')].filter(([, text]) => /\{\{(a|la)\}\}/.test(text))
  t.true(past.length > 100, 'the sentences are found')
  // «внёс» and «перевёл» change their stem: «внёс» + «ла» is no word.
  t.deepEqual(
    past.filter(([, text]) => /ё[а-я]*\{\{/.test(text) || /л\{\{la\}\}/.test(text)),
    [],
  )
})
