import test from 'ava'
import type { SearchAnswer, SearchGroupKey } from '../../admin/desk-types.ts'
import { searchEverything } from '../../src/queries/search/search-everything.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import {
  actorFor,
  buildContract,
  buildEmployee,
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  buildReadyDocuments,
  built,
} from '../_support/factories.ts'

await isolatedDatabase()

const titles = ({ groups }: SearchAnswer, of: SearchGroupKey): string[] =>
  groups.find(({ key }) => key === of)?.hits.map(({ title }) => title) ?? []

test(
  'a name is found by any words of it, in any order and case, with е for ё and without quotes',
  isolated(async (t) => {
    const office = await buildOffice({ name: 'ООО «Продавец»' })
    await buildOrganisation({ office, name: 'ООО «Ёлочный Завод Северный»' })
    await buildOrganisation({ office, name: 'АО «Полюс»' })
    const operator = actorFor('operator', office)
    for (const query of ['елочный', 'ЁЛОЧ', 'северный завод', 'ооо «ёлочный', 'лочный зав', 'ооо северный']) {
      t.deepEqual(
        titles(await searchEverything(operator, { query }), 'organisations'),
        ['ООО «Ёлочный Завод Северный»'],
        query,
      )
    }
    t.deepEqual((await searchEverything(operator, { query: 'северный полюс' })).groups, [])
    const answer = await searchEverything(operator, { query: 'елочный завод' })
    t.is(answer.groups[0]?.hits[0]?.match, 'Ёлочный Завод')
  }),
)

test(
  'a word of one or two characters begins a word of the name, whatever stands before it',
  isolated(async (t) => {
    const office = await buildOffice({ name: 'ООО «Продавец»' })
    for (const name of ['МБОУ «Школа №41»', 'МБОУ «Школа 4 на 41-й улице»', 'МБОУ «Школа №141»'])
      await buildOrganisation({ office, name })
    const found = titles(
      await searchEverything(actorFor('operator', office), { query: 'школа 41' }),
      'organisations',
    )
    t.deepEqual(found.toSorted(), ['МБОУ «Школа 4 на 41-й улице»', 'МБОУ «Школа №41»'])
  }),
)

test(
  'the beginning of a name comes before its middle, the wished legal form before another',
  isolated(async (t) => {
    const office = await buildOffice({ name: 'ООО «Продавец»' })
    for (const name of ['АО «Новый Вектор»', 'АО «Вектор-Плюс»', 'ООО «Вектор»'])
      await buildOrganisation({ office, name })
    const operator = actorFor('operator', office)
    const found = titles(await searchEverything(operator, { query: 'вектор' }), 'organisations')
    t.deepEqual(found, ['ООО «Вектор»', 'АО «Вектор-Плюс»', 'АО «Новый Вектор»'])
    t.is(
      titles(await searchEverything(operator, { query: 'ооо вектор' }), 'organisations')[0],
      'ООО «Вектор»',
    )
  }),
)

test(
  'codes and phones find an organisation however they are typed',
  isolated(async (t) => {
    const office = await buildOffice()
    const organisation = await buildOrganisation({
      office,
      name: 'АО «Искомое»',
      taxId: '7801234564',
      kpp: '780101009',
      registrationNumber: '1027801234561',
      phone: '+79216846838',
    })
    const operator = actorFor('operator', office)
    for (const query of [
      '7801234564',
      '78012',
      '7801 234 564',
      '780101009',
      '1027801234561',
      '8-921-684-6838',
      '+7 (921) 684-68-38',
      '684-68-38',
    ]) {
      const hits = (await searchEverything(operator, { query })).groups.find(
        ({ key }) => key === 'organisations',
      )?.hits
      t.deepEqual(
        hits?.map(({ id }) => id),
        [organisation.id],
        query,
      )
      t.not(hits?.[0]?.match, '', query)
    }
  }),
)

test(
  'people, contracts, invoices, requests, documents and orders are found by their names and numbers',
  isolated(async (t) => {
    const sold = await buildReadyDocuments()
    await buildEmployee({ organisation: sold.organisation, surname: 'Жар-Птицын', name: 'Пётр' })
    await buildContract({ organisation: sold.organisation, number: 'КВС-5277/ЯЯ' })
    await built(() => sold.invoice.update({ portalOrderNumber: 'ОФ030-479929' }))
    const find = (query: string) => searchEverything(sold.operator, { query })
    t.deepEqual(titles(await find('петр жар-птицын'), 'people'), ['Жар-Птицын Пётр Львовна'])
    t.deepEqual(titles(await find('договор квс-5277'), 'contracts'), ['КВС-5277/ЯЯ'])
    t.deepEqual(titles(await find('5277/я'), 'contracts'), ['КВС-5277/ЯЯ'])
    const { number } = sold.invoice
    t.truthy(number)
    for (const query of [
      number,
      number?.toLowerCase(),
      `счёт № ${number}`,
      String(sold.invoice.seriesNumber),
    ])
      t.deepEqual(titles(await find(String(query).padStart(2, '0')), 'invoices'), [number], String(query))
    t.deepEqual(titles(await find(sold.request.number), 'requests'), [sold.request.number])
    const act = sold.documents.find(({ kind }) => kind === 'act')
    t.deepEqual(titles(await find(String(act?.number)), 'documents'), [act?.number])
    for (const query of ['оф030-479929', 'ОФ030', '479929', '9929'])
      t.deepEqual(titles(await find(query), 'orders'), ['ОФ030-479929'], query)
  }),
)

test(
  'nothing of another office is found, whatever is asked',
  isolated(async (t) => {
    const sold = await buildReadyDocuments()
    await buildEmployee({ organisation: sold.organisation, surname: 'Жар-Птицын', phone: '+79216840000' })
    const stranger = actorFor('operator', await buildOffice({ name: 'ООО «Чужие»' }))
    const asked = [
      sold.organisation.name,
      sold.organisation.taxId,
      sold.organisation.registrationNumber,
      'Жар-Птицын',
      '89216840000',
      sold.contract.number,
      sold.invoice.number,
      sold.request.number,
      ...sold.documents.map(({ number }) => number),
    ]
    for (const query of asked) {
      t.true(
        (await searchEverything(sold.operator, { query: String(query) })).groups.length > 0,
        String(query),
      )
      t.deepEqual((await searchEverything(stranger, { query: String(query) })).groups, [], String(query))
    }
    const administrator = actorFor('administrator', null)
    t.true(
      (await searchEverything(administrator, { query: String(sold.organisation.taxId) })).groups.length > 0,
    )
  }),
)

test(
  'an accountant finds no people, for the role may not see them',
  isolated(async (t) => {
    const { organisation, office } = await buildIssuedInvoice()
    await buildEmployee({ organisation, surname: 'Жар-Птицын' })
    const answer = await searchEverything(actorFor('accountant', office), { query: 'жар-птицын' })
    t.deepEqual(answer.groups, [])
  }),
)

test(
  'deleted records, wildcards and too little to look for find nothing',
  isolated(async (t) => {
    const office = await buildOffice()
    await buildOrganisation({ office, name: 'АО «Удалённое»', deletedAt: new Date() })
    const operator = actorFor('operator', office)
    for (const query of ['', ' ', 'у', 'удаленное', '%%%', '___', '\\', '-', '()'])
      t.deepEqual((await searchEverything(operator, { query })).groups, [], query)
  }),
)
