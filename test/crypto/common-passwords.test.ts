import test from 'ava'
import { isCommonPassword } from '../../src/crypto/common-passwords.ts'

for (const password of ['password', 'Qwerty123$', 'P@ssword2026#', '#Dragon1', 'Zaq12wsx#', 'Liverpool2024#'])
  test(`one of the common passwords, dressed up or not: ${password}`, async (t) => {
    t.true(await isCommonPassword(password))
  })

for (const password of ['k7$Mn-правда-Лес', 'Длинная фраза 7$', 'Синий кот и Dog 5#', 'Wq7%dfBz'])
  test(`not a common password: ${password}`, async (t) => {
    t.false(await isCommonPassword(password))
  })
