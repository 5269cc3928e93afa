/** To a phone that is to be proved: the code, and that it is nobody else's business. */
import { z } from 'zod'
import { translate } from '../../admin/locale/index.ts'
import { codeToSend } from '../../src/queries/users/phone-code.ts'
import { defineSms } from '../../src/sms/define-sms.ts'

export const phoneCodeSms = defineSms('phone-code', {
  params: z.object({ userId: z.int(), sentAt: z.iso.datetime() }),
  load: ({ userId, sentAt }) => codeToSend(userId, sentAt),
  text: (code, language) => translate(language, 'identity.contact.sms', { code }),
  sample: '123456',
})
