/** Accounting by e-mail: a letter with the table, its data and a personal link by which it is answered. */
import { Organisation } from '../models/organisation.ts'
import { failRequest } from '../operations/accounting-requests/settle-request.ts'
import { issueLink } from '../operations/links/personal-links.ts'
import { postMail } from '../operations/mails/post-mail.ts'
import { defineChannel } from './define-channel.ts'

/** How long the accountant may answer by the link, in hours: a weekend and a day. */
export const linkHours = 72

export const mailChannel = defineChannel({
  name: 'mail',
  async handOver(context, request) {
    const seller = await Organisation.findByPk(request.sellerId, { rejectOnEmpty: true })
    const recipient = seller.accountingEmail?.trim() || seller.email?.trim()
    if (!recipient) {
      await failRequest(context, {
        requestId: request.id,
        failureCode: 'accounting-address-missing',
        failureText: null,
      })
      return
    }
    const wanted = {
      purpose: 'accounting_answer' as const,
      subjectId: request.id,
      officeId: request.officeId,
      recipient,
      isSingleUse: true,
      expiresAt: new Date(context.now.getTime() + linkHours * 3_600_000),
      now: context.now,
      revokeOlder: true,
    }
    const link = await issueLink(wanted)
    await postMail({
      kind: 'accounting-request',
      // A try has a version of its own, and a version one letter.
      dedupKey: `accounting-request:${request.id}:${request.version}`,
      officeId: request.officeId,
      organisationId: request.organisationId,
      recipient,
      recipientName: seller.accountantName,
      language: seller.language,
      params: { requestId: request.id, linkId: link.id },
    })
  },
})
