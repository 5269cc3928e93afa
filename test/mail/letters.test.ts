/** Every letter, from its sample, in both languages: it renders, it is whole, and it asks for no field it does not have. */
import test from 'ava'
import { languages } from '../../src/domain/language.ts'
import type { Letter } from '../../src/mail/letter.ts'
import { renderLetter } from '../../src/mail/render.ts'
import { mails } from '../../templates/mails/index.ts'

for (const { kind, sample } of mails)
  for (const language of languages)
    test(`the letter ${kind} renders in ${language}`, async (t) => {
      const { subject, html, text } = await sample(language)
      t.regex(html, new RegExp(`<html lang="${language}">`))
      t.true(subject.length > 0 && subject.length < 120)
      t.false(/undefined|null|NaN|\[object|\{\{/.test(html + text + subject))
      t.notRegex(text, /<[a-z]/i)
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
      for (const href of links) t.true(text.includes(href ?? ''), 'the plain part names the link too')
      if (language === 'ru') t.regex(subject, /[а-яё]/i)
      // Names of samples are Russian in both languages; the sentences around them are not.
      t.is(/автоматически|по расписанию|Вы получаете/.test(text), language === 'ru')
    })

const letter: Letter = {
  subject: 'One\r\nBcc: somebody@example.org',
  preheader: '',
  heading: '<b>Polus</b> & Co',
  blocks: [{ kind: 'lines', name: 'n', sum: 's', rows: [], total: null }],
  footer: '',
}

test('text of the outside stays text, and a subject stays one line', (t) => {
  const { html, text, subject } = renderLetter(letter, 'en')
  t.true(html.includes('&lt;b&gt;Polus&lt;/b&gt; &amp; Co'))
  t.true(text.includes('<b>Polus</b> & Co'))
  t.is(subject, 'One Bcc: somebody@example.org')
})

test('a missing field stops the letter, inside a condition too', (t) => {
  const broken = {
    ...letter,
    blocks: [{ kind: 'lines', name: 'n', sum: 's', rows: [] }],
  } as unknown as Letter
  t.throws(() => renderLetter(broken, 'en'), { message: /has no field total/ })
  t.throws(() => renderLetter({ ...letter, heading: undefined } as unknown as Letter, 'en').html, {
    instanceOf: Error,
  })
})

test('the request carries its table and its data', async (t) => {
  const mail = mails.find(({ kind }) => kind === 'accounting-request')
  const { attachments } = (await mail?.sample('ru')) ?? { attachments: [] }
  t.deepEqual(
    attachments.map(({ fileName }) => fileName),
    ['Запрос_ЗБ-2026-001490.xlsx', 'Запрос_ЗБ-2026-001490.json'],
  )
  const data = JSON.parse(attachments[1]?.content.toString() ?? '') as { lines: unknown[] }
  t.is(data.lines.length, 2)
})
