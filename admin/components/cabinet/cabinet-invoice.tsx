/** An invoice in the cabinet: what is to be paid and how, what it is for, and the papers it led to. */

import { useState } from 'react'
import type { CabinetInvoice as Invoice } from '../../cabinet-types.ts'
import { recordViewOf } from '../adminjs-state.ts'
import { desk, fileUrl, recordUrl } from '../desk-api.ts'
import { RecordThreads } from '../messages/record-threads.tsx'
import { Button } from '../parts/button.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Value } from '../parts/value.tsx'
import { RecordHead } from '../record/record-head.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { PayDialog } from './pay-dialog.tsx'

const Lines = ({ lines, currency }: Pick<Invoice, 'lines' | 'currency'>) => {
  const words = useWords()
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h3">{words.t('cabinet.invoice.lines')}</h2>
      </header>
      <ul className="cd-card-body cd-stack">
        {lines.map((line) => (
          <li key={line.id} className="cd-row cd-line-row">
            <span className="cd-grow">
              <span className="cd-strong">{line.name}</span>
              <span className="cd-muted cd-small cd-block">
                {words.number(Number(line.quantity))} {line.unit} × {words.money(line.priceMinor, currency)}
                {line.vatPercent === null
                  ? ''
                  : ` · ${words.t('cabinet.invoice.vat', { percent: words.number(Number(line.vatPercent)) })}`}
              </span>
            </span>
            <b className="cd-code">{words.money(line.totalMinor, currency)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Papers = ({ papers }: Pick<Invoice, 'papers'>) => {
  const words = useWords()
  if (!papers.length) return null
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h3">{words.t('cabinet.invoice.papers')}</h2>
      </header>
      <ul className="cd-card-body cd-stack">
        {papers.map((paper) => (
          <li key={paper.id} className="cd-row">
            <GoLink href={recordUrl('documents', paper.id)} className="cd-grow">
              {words.t('cabinet.home.paper', {
                kind: words.value('documents', 'kind', paper.kind),
                number: paper.number,
              })}
            </GoLink>
            <a
              className="cd-button cd-button-small"
              href={fileUrl('document', paper.id)}
              download
              aria-label={`${words.t('screens.files.download')}: ${paper.number}`}
            >
              <Icon name="Download" />
              {words.t('screens.files.download')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const CabinetInvoice = ({ resource, record, reload }: RecordScreenProps) => {
  const words = useWords()
  const [isPaying, setPaying] = useState(false)
  const id = Number(record.id)
  const view = recordViewOf(resource)
  const loaded = useLoaded(`invoices/${id}`, (signal) => desk<Invoice>(`invoices/${id}`, {}, signal))
  const { data, failure } = loaded
  useOnPulse(() => {
    reload()
    loaded.reload()
  })
  const { params } = record
  const currency = String(params['currency'])
  return (
    <div className="cd-cabinet-page">
      <RecordHead
        resource={resource}
        record={record}
        title={words.t('cabinet.home.invoice', {
          number: String(params['number']),
          on: words.dayWords(String(params['issuedOn'])),
        })}
        onRun={() => undefined}
        busy={null}
      />
      {failure && !data ? (
        <section className="cd-card">
          <FailurePlace failure={failure} onRetry={loaded.reload} />
        </section>
      ) : !data ? (
        <SkeletonCard />
      ) : (
        <div className="cd-stack">
          <section className="cd-card cd-task">
            <p className="cd-pay-sum">
              {words.money(data.restMinor || Number(params['totalMinor']), currency)}
            </p>
            <p className={data.isOverdue ? 'cd-failed-text' : 'cd-soft'}>
              {data.restMinor > 0
                ? [
                    Number(params['paidMinor']) > 0
                      ? words.t('cabinet.invoice.part_paid', {
                          paid: words.money(Number(params['paidMinor']), currency),
                          total: words.money(Number(params['totalMinor']), currency),
                        })
                      : '',
                    params['dueOn']
                      ? words.t(data.isOverdue ? 'cabinet.home.was_due' : 'cabinet.home.due', {
                          on: words.dayWords(String(params['dueOn'])),
                        })
                      : '',
                  ]
                    .filter(Boolean)
                    .join('. ')
                : params['state'] === 'cancelled'
                  ? words.t('cabinet.invoice.cancelled')
                  : words.t('cabinet.invoice.paid', { on: words.dayWords(String(params['paidOn'] ?? '')) })}
            </p>
            <div className="cd-task-acts">
              {data.payment ? (
                <Button
                  look="primary"
                  icon={data.payment.hasQr ? 'Grid' : 'CreditCard'}
                  testId="pay"
                  onClick={() => setPaying(true)}
                >
                  {words.t(data.payment.hasQr ? 'cabinet.pay.by_qr' : 'cabinet.pay.how')}
                </Button>
              ) : null}
              {data.hasFile ? (
                <a
                  className="cd-button"
                  href={fileUrl('invoice', id)}
                  download
                  data-testid="download-invoice"
                >
                  <Icon name="Download" />
                  {words.t('cabinet.invoice.download_long')}
                </a>
              ) : (
                <span className="cd-muted">{words.t('cabinet.invoice.printing')}</span>
              )}
            </div>
          </section>
          <Lines lines={data.lines} currency={currency} />
          <Papers papers={data.papers} />
          <RecordThreads about={{ kind: 'invoice', id }} />
          {(view?.sections ?? []).map((section) => (
            <section key={section.key} className="cd-card">
              <header className="cd-card-head">
                <h2 className="cd-h3">
                  {words.either([`resources.invoices.sections.${section.key}`], section.key)}
                </h2>
              </header>
              <dl className="cd-card-body cd-fields">
                {section.fields.map((field) => (
                  <div key={field.property}>
                    <dt>{words.property('invoices', field.property)}</dt>
                    <dd>
                      <Value field={field} resourceId="invoices" record={record} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      )}
      {isPaying ? <PayDialog invoiceId={id} onClose={() => setPaying(false)} /> : null}
    </div>
  )
}
