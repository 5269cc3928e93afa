/** How an invoice is paid: the code a bank's application reads, and the same details to be typed by hand. */

import type { CabinetInvoice } from '../../cabinet-types.ts'
import { desk, rootPath } from '../desk-api.ts'
import { CopyCode } from '../parts/copy-code.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useWords } from '../use-words.ts'

export const PayDialog = ({ invoiceId, onClose }: { invoiceId: number; onClose: () => void }) => {
  const words = useWords()
  const { data, failure, reload } = useLoaded(`invoices/${invoiceId}`, (signal) =>
    desk<CabinetInvoice>(`invoices/${invoiceId}`, {}, signal),
  )
  const payment = data?.payment
  const hasQr = payment?.hasQr === true
  return (
    <Dialog title={words.t(hasQr ? 'cabinet.pay.title_qr' : 'cabinet.pay.title')} onClose={onClose}>
      {failure ? (
        <FailurePlace failure={failure} onRetry={reload} />
      ) : !data ? (
        <div aria-busy="true">
          <Skeleton width="100%" />
        </div>
      ) : payment ? (
        <div className="cd-stack">
          {hasQr ? (
            <figure className="cd-qr">
              <img
                src={`${rootPath()}/desk/invoices/${invoiceId}/payment.svg`}
                alt={words.t('cabinet.pay.qr')}
                width={232}
                height={232}
              />
              <figcaption className="cd-soft">{words.t('cabinet.pay.qr_text')}</figcaption>
            </figure>
          ) : null}
          <p className="cd-pay-sum">{words.money(data.restMinor, data.currency)}</p>
          <dl className="cd-facts cd-pay-facts">
            <Fact name="payee" value={payment.payee} />
            <Fact name="tax_id" value={payment.taxId} isCode />
            <Fact name="kpp" value={payment.kpp} isCode />
            <Fact name="bank" value={payment.bank} />
            <Fact name="bic" value={payment.bic} isCode />
            <Fact name="account" value={payment.account} isCode />
            <Fact name="correspondent" value={payment.correspondentAccount} isCode />
            <Fact name="purpose" value={payment.purpose} isCode />
          </dl>
        </div>
      ) : (
        <p className="cd-soft">
          {words.t(data.restMinor > 0 ? 'cabinet.pay.unknown' : 'cabinet.pay.nothing')}
        </p>
      )}
    </Dialog>
  )
}

const Fact = ({ name, value, isCode }: { name: string; value: string | null; isCode?: boolean }) => {
  const words = useWords()
  if (!value) return null
  return (
    <>
      <dt>{words.t(`cabinet.pay.fields.${name}`)}</dt>
      <dd>{isCode ? <CopyCode value={value} /> : value}</dd>
    </>
  )
}
