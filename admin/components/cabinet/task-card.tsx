/** One thing that waits for a client: what it is, and the step that settles it under the thumb. */

import type { ReactNode } from 'react'
import type { CabinetTask } from '../../cabinet-types.ts'
import type { Tone } from '../../desk-types.ts'
import { fileUrl, pageUrl, recordUrl, rootPath } from '../desk-api.ts'
import { threadUrl } from '../messages/thread-address.ts'
import { Button } from '../parts/button.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useWords, type Words } from '../use-words.ts'

type CardProps = {
  tone: Tone
  badge: string
  aside?: string
  title: string
  href: string
  text: string
  children: ReactNode
  testId: string
}

const Card = ({ tone, badge, aside, title, href, text, children, testId }: CardProps) => (
  <section className="cd-card cd-task" data-testid={testId}>
    <div className="cd-task-head">
      <Badge tone={tone}>{badge}</Badge>
      {aside ? <b className="cd-code">{aside}</b> : null}
    </div>
    <h2 className="cd-h2">
      <GoLink href={href} className="cd-title-link">
        {title}
      </GoLink>
    </h2>
    {text ? <p className="cd-soft">{text}</p> : null}
    <div className="cd-task-acts">{children}</div>
  </section>
)

const aboutOf = (words: Words, { about, more }: { about: string[]; more: number }) =>
  about.join(', ') + (more ? ` ${words.t('cabinet.home.more', { count: more })}` : '')

type Of<Kind extends CabinetTask['kind']> = Extract<CabinetTask, { kind: Kind }>

const InvoiceTask = ({
  task,
  isPrimary,
  onPay,
}: {
  task: Of<'invoice'>
  isPrimary: boolean
  onPay: () => void
}) => {
  const words = useWords()
  const due = task.dueOn
    ? words.t(task.isOverdue ? 'cabinet.home.was_due' : 'cabinet.home.due', {
        on: words.dayWords(task.dueOn),
      })
    : ''
  return (
    <Card
      testId={`task-invoice-${task.id}`}
      tone={task.isOverdue ? 'fail' : 'yours'}
      badge={words.t(
        task.isOverdue
          ? 'cabinet.home.overdue'
          : task.isPartPaid
            ? 'cabinet.home.pay_rest'
            : 'cabinet.home.pay',
      )}
      aside={words.money(task.rest.minor, task.rest.currency)}
      title={words.t('cabinet.home.invoice', { number: task.number, on: words.dayWords(task.issuedOn) })}
      href={recordUrl('invoices', task.id)}
      text={[aboutOf(words, task).replace(/\.$/, ''), due].filter(Boolean).join('. ')}
    >
      <Button
        look={isPrimary ? 'primary' : 'plain'}
        icon={task.hasQr ? 'Grid' : 'CreditCard'}
        testId={`pay-${task.id}`}
        onClick={onPay}
      >
        {words.t(task.hasQr ? 'cabinet.pay.by_qr' : 'cabinet.pay.how')}
      </Button>
      {task.hasFile ? (
        <a className="cd-button" href={fileUrl('invoice', String(task.id))} download>
          <Icon name="Download" />
          {words.t('cabinet.invoice.download')}
        </a>
      ) : null}
    </Card>
  )
}

const PapersTask = ({ task, isPrimary }: { task: Of<'papers'>; isPrimary: boolean }) => {
  const words = useWords()
  const [first] = task.papers
  const names = task.papers.map(({ kind, number }) =>
    words.t('cabinet.home.paper', { kind: words.value('documents', 'kind', kind), number }),
  )
  const href = first ? recordUrl('documents', first.id) : rootPath()
  const ids = task.papers.map(({ id }) => id)
  return (
    <Card
      testId={`task-papers-${task.id}`}
      tone="yours"
      badge={words.t('cabinet.home.new_papers', { count: ids.length })}
      title={
        names.slice(0, 3).join(', ') +
        (names.length > 3 ? ` ${words.t('cabinet.home.more', { count: names.length - 3 })}` : '')
      }
      href={href}
      text={aboutOf(words, task)}
    >
      <GoLink href={href} className={isPrimary ? 'cd-button cd-button-primary' : 'cd-button'}>
        <Icon name="Eye" />
        {words.t('cabinet.home.look')}
      </GoLink>
      <a
        className="cd-button"
        href={
          ids.length > 1 ? `${rootPath()}/print?ids=${ids.join(',')}` : fileUrl('document', String(ids[0]))
        }
        {...(ids.length > 1 ? { target: '_blank', rel: 'noreferrer' } : { download: true })}
      >
        <Icon name={ids.length > 1 ? 'Printer' : 'Download'} />
        {words.t(ids.length > 1 ? 'cabinet.home.one_pdf' : 'screens.files.download')}
      </a>
    </Card>
  )
}

const NewcomerTask = ({ task, isPrimary }: { task: Of<'newcomer'>; isPrimary: boolean }) => {
  const words = useWords()
  return (
    <Card
      testId={`task-newcomer-${task.id}`}
      tone="yours"
      badge={words.t('cabinet.home.decide')}
      title={words.t('cabinet.home.newcomer', { name: task.name })}
      href={pageUrl('people')}
      text={words.t('cabinet.home.newcomer_text')}
    >
      <GoLink href={pageUrl('people')} className={isPrimary ? 'cd-button cd-button-primary' : 'cd-button'}>
        <Icon name="UserCheck" />
        {words.t('cabinet.home.newcomer_step')}
      </GoLink>
    </Card>
  )
}

const AnswerTask = ({ task, isPrimary }: { task: Of<'answer'>; isPrimary: boolean }) => {
  const words = useWords()
  const href = threadUrl(task.id)
  return (
    <Card
      testId={`task-answer-${task.id}`}
      tone="yours"
      badge={words.t('cabinet.home.answer')}
      title={task.title}
      href={href}
      text={words.t('cabinet.home.answer_text', { author: task.author, text: task.text })}
    >
      <GoLink href={href} className={isPrimary ? 'cd-button cd-button-primary' : 'cd-button'}>
        <Icon name="MessageSquare" />
        {words.t('cabinet.home.answer_step')}
      </GoLink>
    </Card>
  )
}

type Props = { task: CabinetTask; isPrimary: boolean; onPay: (invoiceId: number) => void }

export const TaskCard = ({ task, isPrimary, onPay }: Props) => {
  if (task.kind === 'invoice')
    return <InvoiceTask task={task} isPrimary={isPrimary} onPay={() => onPay(task.id)} />
  if (task.kind === 'papers') return <PapersTask task={task} isPrimary={isPrimary} />
  if (task.kind === 'answer') return <AnswerTask task={task} isPrimary={isPrimary} />
  return <NewcomerTask task={task} isPrimary={isPrimary} />
}
