/** The first screen of the cabinet: what waits for the person, what others do for them, what they have. */

import { useEffect, useState } from 'react'
import type { CabinetHome as Home, CabinetStanding } from '../../cabinet-types.ts'
import { recordViewOf, useMe, useResourceData, useResources } from '../adminjs-state.ts'
import { desk, listUrl, pageUrl, recordUrl, rootPath } from '../desk-api.ts'
import { SignButton } from '../identity/sign-button.tsx'
import { writeUrl } from '../messages/thread-address.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Moment } from '../parts/moment.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Badge, StateBadge } from '../parts/state-badge.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { PayDialog } from './pay-dialog.tsx'
import { TaskCard } from './task-card.tsx'

/** A person who may act for nobody sees what was asked, who decides, and what comes then. */
const Standing = ({ standing, onSigned }: { standing: CabinetStanding[]; onSigned: () => void }) => {
  const words = useWords()
  const { office, id } = useMe()
  return (
    <div className="cd-stack">
      {standing.map((one) => (
        <section key={one.key} className="cd-card cd-task">
          <div className="cd-task-head">
            <Badge tone={one.state === 'pending' ? 'theirs' : 'closed'}>
              {words.t(`cabinet.standing.badge.${one.state}`)}
            </Badge>
            <span className="cd-muted cd-small">
              <Moment at={one.at} />
            </span>
          </div>
          <h2 className="cd-h2">{one.organisation ?? one.office}</h2>
          <p className="cd-soft">
            {words.t(`cabinet.standing.${one.mayAskAgain ? 'refused_again' : one.state}`, {
              who: words.t(one.isDecidedByHead ? 'cabinet.standing.head' : 'cabinet.standing.office', {
                office: one.office,
              }),
            })}
          </p>
          {one.reason ? (
            <p className="cd-soft">{words.t('cabinet.standing.reason', { reason: one.reason })}</p>
          ) : null}
          {one.maySign ? (
            <div className="cd-stack">
              <p className="cd-soft">{words.t('cabinet.standing.sign_text')}</p>
              <SignButton subject="registration" onSigned={onSigned} />
            </div>
          ) : null}
          {one.mayAskAgain ? (
            <div className="cd-task-acts">
              <a href={`${rootPath()}/again`} className="cd-button cd-button-primary">
                <Icon name="Edit2" />
                {words.t('cabinet.standing.again')}
              </a>
            </div>
          ) : null}
        </section>
      ))}
      {standing.length ? null : (
        <section className="cd-card">
          <EmptyPlace
            icon="Clock"
            title={words.t(office ? 'cabinet.standing.applicant' : 'cabinet.standing.none')}
            text={words.t(office ? 'cabinet.standing.applicant_text' : 'cabinet.standing.none_text', {
              office: office ?? '',
            })}
          >
            {office === null ? null : (
              <GoLink href={writeUrl({ kind: 'person', id })} className="cd-button">
                <Icon name="Edit2" />
                {words.t('threads.write_office')}
              </GoLink>
            )}
          </EmptyPlace>
        </section>
      )}
    </div>
  )
}

const Underway = ({ underway }: { underway: Home['underway'] }) => {
  const words = useWords()
  if (!underway.length) return null
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2 cd-grow">{words.t('cabinet.home.underway')}</h2>
      </header>
      <ul className="cd-card-body cd-stack">
        {underway.map((wish) => (
          <li key={`${wish.kind}-${wish.id}`} className="cd-row cd-row-wrap">
            <span className="cd-grow">
              <GoLink
                className="cd-title-link"
                href={recordUrl(wish.kind === 'order' ? 'order-requests' : 'change-requests', wish.id)}
              >
                {wish.kind === 'order'
                  ? wish.name
                  : words.t('cabinet.home.change', {
                      fields: wish.fields.map((field) => words.property('organisations', field)).join(', '),
                    })}
              </GoLink>
              <span className="cd-muted cd-small cd-block">
                <Moment at={wish.at} />
              </span>
            </span>
            <Badge tone="theirs">{words.t(`cabinet.home.theirs.${wish.kind}`)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Services = ({ services }: { services: Home['services'] }) => {
  const words = useWords()
  const tones = recordViewOf(useResourceData('invoice-lines'))?.state?.tones
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2 cd-grow">{words.resource('invoice-lines')}</h2>
        {services.total ? (
          <GoLink href={listUrl('invoice-lines')}>
            {words.t('cabinet.home.all', { count: services.total })}
          </GoLink>
        ) : null}
      </header>
      {services.items.length ? (
        <ul className="cd-card-body cd-stack">
          {services.items.map((service) => (
            <li key={service.id} className="cd-row">
              <span className="cd-grow">
                <GoLink href={recordUrl('invoice-lines', service.id)} className="cd-title-link">
                  {service.name}
                </GoLink>
                {service.validTo ? (
                  <span className="cd-muted cd-small cd-block">
                    {words.t('cabinet.home.until', { on: words.day(service.validTo) })}
                  </span>
                ) : null}
              </span>
              <StateBadge resourceId="invoice-lines" property="state" value={service.state} tones={tones} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyPlace
          icon="Package"
          title={words.t('cabinet.home.no_services')}
          text={words.t('cabinet.home.no_services_text')}
        />
      )}
    </section>
  )
}

export const CabinetHome = () => {
  const words = useWords()
  const { organisation, name } = useMe()
  const mayOrder = useResources().some(({ id }) => id === 'products')
  const [paying, setPaying] = useState<number | null>(null)
  const { data, failure, reload } = useLoaded('home', (signal) => desk<Home>('home', {}, signal))
  useOnPulse(reload)
  useEffect(() => {
    document.title = `${words.t('screens.frame.home')} · certdesk`
  }, [words])
  const hello = words.t('cabinet.home.hello', { name: name.split(' ')[0] ?? '' })
  if (failure && !data) {
    return (
      <section className="cd-card">
        <FailurePlace failure={failure} onRetry={reload} />
      </section>
    )
  }
  return (
    <div className="cd-cabinet-page">
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{hello}</h1>
          <p aria-live="polite">
            {data && organisation
              ? data.waiting.length
                ? words.t('cabinet.home.waiting', { count: data.waiting.length })
                : words.t('cabinet.nothing')
              : '\u00a0'}
          </p>
        </div>
      </div>
      {!data ? (
        <div className="cd-stack">
          <SkeletonCard lines={4} />
          <SkeletonCard lines={4} />
        </div>
      ) : !organisation ? (
        <div className="cd-stack">
          {data.waiting.map((task, index) => (
            <TaskCard key={`${task.kind}-${task.id}`} task={task} isPrimary={index === 0} onPay={setPaying} />
          ))}
          <Standing standing={data.standing} onSigned={() => location.reload()} />
        </div>
      ) : (
        <div className="cd-stack">
          {data.waiting.map((task, index) => (
            <TaskCard key={`${task.kind}-${task.id}`} task={task} isPrimary={index === 0} onPay={setPaying} />
          ))}
          <Underway underway={data.underway} />
          <Services services={data.services} />
          {mayOrder ? (
            <GoLink href={pageUrl('catalogue')} className="cd-button cd-button-wide">
              <Icon name="Plus" />
              {words.t('cabinet.home.order')}
            </GoLink>
          ) : null}
        </div>
      )}
      {paying === null ? null : <PayDialog invoiceId={paying} onClose={() => setPaying(null)} />}
    </div>
  )
}
