/** Owns the rules of registration numbers: which hold, which do not, and what is offered instead. */

import test from 'ava'
import {
  checkAccount,
  checkBic,
  checkBik,
  checkCorrespondentAccount,
  checkIban,
} from '../../../src/domain/requisites/bank.ts'
import { checkUnp } from '../../../src/domain/requisites/belarus.ts'
import type { Checked, RequisiteFault } from '../../../src/domain/requisites/checked.ts'
import { checkEmail } from '../../../src/domain/requisites/contacts.ts'
import { checkBin, checkIin } from '../../../src/domain/requisites/kazakhstan.ts'
import {
  checkInn,
  checkKpp,
  checkOgrn,
  checkOgrnip,
  checkOkved,
  checkSnils,
  formatSnils,
} from '../../../src/domain/requisites/russia.ts'

type Kind = RequisiteFault['kind']
type Vectors = { check: (text: string) => Checked; valid: string; invalid: Record<string, Kind> }

/** Valid numbers by public sources and the manuals; invalid ones with the kind of their fault. */
const vectors: Record<string, Vectors> = {
  ИНН: {
    check: (text) => checkInn(text),
    valid:
      '7707083893 7736050003 7736207543 7702070139 7708503727 7707329152 5218002703 ' +
      '500100732259 526317984689 770100001273',
    invalid: {
      '7707083894': 'checksum',
      '1234567890': 'checksum',
      '3333333333': 'checksum',
      '0000000000': 'format',
      '000000000000': 'format',
      '500100732258': 'checksum',
      '366220819803': 'checksum',
      '770708389': 'format',
      '77070838930': 'format',
      '77O7083893': 'format',
    },
  },
  КПП: {
    check: checkKpp,
    valid: '773601001 775001001 997950001 7736AB001',
    invalid: { '4444444444': 'format', '77360100': 'format', '000001001': 'format', '7736аб001': 'format' },
  },
  ОГРН: {
    check: checkOgrn,
    valid: '1027700132195 1027700070518 1027700229193 1027739609391',
    invalid: {
      '1027700132196': 'checksum',
      '0000000000000': 'format',
      '2027700132195': 'format',
      '102770013219': 'format',
    },
  },
  ОГРНИП: {
    check: checkOgrnip,
    valid: '304500116000157 313132804400022 314220119000137 316861700133226',
    invalid: { '304500116000158': 'checksum', '315500700002957': 'checksum', '1027700132195': 'format' },
  },
  СНИЛС: {
    check: checkSnils,
    valid: '112-233-445_95 087-654-303_00 112-126-619_00 112-233-444_94 001-001-998_77',
    invalid: { '112-233-445 94': 'checksum', '0000000000': 'format', '00000000000': 'format' },
  },
  БИК: {
    check: checkBik,
    valid: '044525225 044525187 044525593 044525974 044030790 044525000 017003983 004525988',
    invalid: { '1111111111': 'format', '044525049': 'format', '344525225': 'format', '000000000': 'format' },
  },
  ОКВЭД: {
    check: checkOkved,
    valid: '24.54 62.01 64.19 47.91.2 62 62.0 47.91.21',
    invalid: { '2454': 'format', '24.5.4': 'format', '00.1': 'format', '62.01.': 'format' },
  },
  БИН: {
    check: checkBin,
    valid: '020240000555 940140000385 971240001315 950440001673 950440000101',
    invalid: {
      '123456789012': 'format',
      '020240000556': 'checksum',
      '990240000109': 'checksum',
      '021340000555': 'format',
    },
  },
  ИИН: {
    check: checkIin,
    valid: '850101300124',
    invalid: { '850101300125': 'checksum', '851301300124': 'format' },
  },
  УНП: {
    check: checkUnp,
    valid: '200988541 100325912 800013732 101528843 190583856 MA1953684 МА1953684 ма1953684',
    invalid: {
      '100325913': 'checksum',
      '123456789': 'checksum',
      '191311058': 'checksum',
      '000000000': 'format',
      ДА1953684: 'format',
    },
  },
  'e-mail': {
    check: checkEmail,
    valid: 'mertimela@gufum.com a.b+c@sub.example.org почта@пример.рф x@xn--e1afmkfd.xn--p1ai',
    invalid: {
      'a@b': 'format',
      'a b@c.ru': 'format',
      'a@@b.ru': 'format',
      '.a@b.ru': 'format',
      'a@-b.ru': 'format',
      'a@b..ru': 'format',
      'a@1.2.3.4': 'format',
      'b.ru': 'format',
    },
  },
}

for (const [name, { check, valid, invalid }] of Object.entries(vectors)) {
  for (const text of valid.split(' ').map((word) => word.replace('_', ' '))) {
    test(`${name} ${text} holds`, (t) => t.is(check(text).fault, null))
  }
  for (const [text, kind] of Object.entries(invalid)) {
    test(`${name} ${text} has a fault of ${kind}`, (t) => t.is(check(text).fault?.kind, kind))
  }
}

for (const [bik, account] of [
  ['044525225', '40817810538091310419'],
  ['044030790', '40703810890480000101'],
  ['044525700', '40703810700001449489'],
  ['044030653', '40702810455000024248'],
  ['017003983', '03100643000000018500'],
  ['017003983', '40102810445370000059'],
] as const) {
  test(`Р/С ${account} holds with БИК ${bik}`, (t) => t.is(checkAccount(account, bik).fault, null))
}

for (const [bik, account] of [
  ['044525225', '30101810400000000225'],
  ['044525187', '30101810700000000187'],
  ['044525593', '30101810200000000593'],
  ['044525974', '30101810145250000974'],
  ['044030653', '30101810500000000653'],
  ['017003983', '40102810445370000059'],
] as const) {
  test(`К/С ${account} holds with БИК ${bik}`, (t) =>
    t.is(checkCorrespondentAccount(account, bik).fault, null))

  test(`К/С ${account} with any one digit changed does not hold`, (t) => {
    const holding = Array.from(
      account,
      (digit, at) => account.slice(0, at) + ((Number(digit) + 1) % 10) + account.slice(at + 1),
    ).filter((changed) => checkCorrespondentAccount(changed, bik).fault === null)
    t.deepEqual(holding, [])
  })
}

test('a wrong key of an account is named and put right', (t) => {
  t.deepEqual(checkAccount('40702810000000000001', '044525225').fault, {
    kind: 'checksum',
    code: 'account-checksum',
    suggestion: '40702810200000000001',
  })
})

test('an account is checked against its own bank only', (t) => {
  t.is(checkAccount('40702810455000024248', '044525225').fault?.kind, 'checksum')
  t.is(checkAccount('40702810455000024248', 'no bank').fault, null)
  t.is(checkAccount('666666666666', '044525225').fault?.kind, 'format')
  t.is(checkAccount('00000000000000000000', '044525225').fault?.kind, 'format')
})

test('a correspondent account ends as its БИК does', (t) => {
  t.deepEqual(checkCorrespondentAccount('30101810400000000225', '044525187').fault, {
    kind: 'cross',
    code: 'correspondent-account-mismatch',
    params: { expected: '187' },
  })
  t.is(checkCorrespondentAccount('5555555555', '044525225').fault?.kind, 'format')
})

test('an account in a unit of the Bank of Russia is counted with the unit', (t) => {
  const holding = Array.from({ length: 10 }, (_, key) => `40501810${key}00002000002`).filter(
    (account) => checkAccount(account, '044501002').fault === null,
  )
  t.is(holding.length, 1)
  t.is(checkAccount(holding[0] ?? '', '044501002').fault, null)
  t.not(checkAccount(holding[0] ?? '', '044525225').fault, null)
})

test('the right check digit is offered', (t) => {
  t.is(checkInn('7707083894').fault?.suggestion, '7707083893')
  t.is(checkInn('500100732258').fault?.suggestion, '500100732259')
  t.is(checkOgrn('1027700132196').fault?.suggestion, '1027700132195')
  t.is(checkOgrnip('304500116000158').fault?.suggestion, '304500116000157')
  t.is(checkSnils('112-233-445 94').fault?.suggestion, '11223344595')
  t.is(checkBin('020240000556').fault?.suggestion, '020240000555')
  t.is(checkUnp('100325913').fault?.suggestion, '100325912')
})

test('whatever is offered holds', (t) => {
  for (let number = 1_000_000_000; number < 1_000_000_500; number += 1) {
    const { fault } = checkInn(String(number))
    if (fault !== null) t.is(checkInn(fault.suggestion ?? '').fault, null)
  }
})

test('a number no check digit can save gets an exchange of neighbours, or nothing', (t) => {
  const unsaved = Array.from({ length: 300 }, (_, index) => String(100_000_000 + index * 10))
    .map((text) => checkUnp(text))
    .filter(({ value, fault }) => fault !== null && fault.suggestion?.slice(0, 8) !== value.slice(0, 8))
  t.true(unsaved.length > 0)
  for (const { fault } of unsaved) {
    if (fault?.suggestion !== undefined) t.is(checkUnp(fault.suggestion).fault, null)
  }
})

test('a number of a wrong length says how long it should be', (t) => {
  t.deepEqual(checkInn('770708389', 10).fault, {
    kind: 'format',
    code: 'inn-format',
    params: { expected: 10, got: 9 },
  })
  t.is(checkInn('500100732259', 10).fault?.code, 'inn-format')
})

test('spaces and dashes of every kind are dropped and leading zeros kept', (t) => {
  t.is(checkInn(' 7707\u00A0083\u2009893 ').value, '7707083893')
  t.is(checkSnils('087–654–303 00').value, '08765430300')
  t.is(checkBik('044 525 225').value, '044525225')
  t.is(checkKpp('7736 ab 001').value, '7736AB001')
})

test('СНИЛС is stored as digits and shown with its marks', (t) => {
  t.is(formatSnils('11223344595'), '112-233-445 95')
})

test('Cyrillic letters of УНП become the Latin ones they look like', (t) => {
  t.is(checkUnp('МА1953684').value, 'MA1953684')
})

test('an address keeps its name as typed and its domain in lower case', (t) => {
  t.is(checkEmail(' Ivan.Petrov@EXAMPLE.RU ').value, 'Ivan.Petrov@example.ru')
  t.is(checkEmail('Почта@ПРИМЕР.РФ').value, 'Почта@пример.рф')
})

test('an address is at most 254 characters, its name at most 64', (t) => {
  t.is(checkEmail(`${'a'.repeat(64)}@example.org`).fault, null)
  t.not(checkEmail(`${'a'.repeat(65)}@example.org`).fault, null)
  t.not(
    checkEmail(
      `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.ru`,
    ).fault,
    null,
  )
})

test('IBAN and BIC of Kazakhstan and Belarus are checked by the world standard', (t) => {
  t.is(checkIban('KZ86 125K ZT50 0410 0100', 'KZ').fault, null)
  t.is(checkIban('BY13 NBRB 3600 9000 0000 2Z00 AB00', 'BY').fault, null)
  t.is(checkIban('KZ87 125K ZT50 0410 0100', 'KZ').fault?.suggestion, 'KZ86125KZT5004100100')
  t.is(checkIban('BY13 NBRB', 'BY').fault?.kind, 'format')
  t.is(checkBic('hsbkkzkx', 'KZ').value, 'HSBKKZKX')
  t.is(checkBic('AKBBBY2X', 'BY').fault, null)
  t.is(checkBic('AKBBBY2X', 'KZ').fault?.kind, 'format')
})
