/** The people of a client, for its head: newcomers to decide about first, then those who act for the organisation. */

import { useEffect } from 'react'
import type { CabinetInvitation, CabinetPeople, CabinetPerson } from '../../cabinet-types.ts'
import { desk, listUrl, newUrl, type RecordData } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'

const TONES = {
  pending: 'yours',
  active: 'done',
  blocked: 'fail',
  refused: 'closed',
  departed: 'closed',
} as const
const DANGEROUS = new Set(['refuse', 'block', 'depart', 'revoke'])

const recordOf = (id: number, title: string): RecordData => ({
  id,
  title,
  params: {},
  populated: {},
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
})

const useStepItems = (resourceId: string, may: string[], onRun: (name: string) => void): MenuItem[] => {
  const words = useWords()
  return may.map((verb) => ({
    key: verb,
    text: words.action(resourceId, verb),
    ...(DANGEROUS.has(verb) && { isDanger: true }),
    onPick: () => onRun(verb),
  }))
}

type RowProps = { person: CabinetPerson; onRun: (name: string) => void }

const PersonRow = ({ person, onRun }: RowProps) => {
  const words = useWords()
  const { name, position, email, role, state, reason, may, isMe } = person
  const isPending = state === 'pending'
  const about = [role ? words.t(`screens.roles.${role}`) : '', position ?? '', email ?? '']
  const items = useStepItems('memberships', may, onRun)
  return (
    <li className="cd-person" data-testid={person.key}>
      <span className="cd-grow">
        <span className="cd-strong">
          {name}
          {isMe ? <span className="cd-muted"> · {words.t('cabinet.people.me')}</span> : null}
        </span>
        <span className="cd-muted cd-small cd-block">{about.filter(Boolean).join(' · ')}</span>
        {reason && !isPending ? (
          <span className="cd-muted cd-small cd-block">{words.t('cabinet.standing.reason', { reason })}</span>
        ) : null}
      </span>
      {state ? (
        <Badge tone={TONES[state]}>{words.value('memberships', 'state', state)}</Badge>
      ) : (
        <span className="cd-muted cd-small">{words.t('cabinet.people.no_account')}</span>
      )}
      {isPending && may.length ? (
        <span className="cd-task-acts cd-person-acts">
          <Button look="primary" icon="Check" onClick={() => onRun('accept')}>
            {words.action('memberships', 'accept')}
          </Button>
          <Button onClick={() => onRun('refuse')}>{words.action('memberships', 'refuse')}</Button>
        </span>
      ) : items.length ? (
        <Menu items={items} label={words.t('screens.list.row_menu', { title: name })} isEnd />
      ) : null}
    </li>
  )
}

type InvitationProps = { invitation: CabinetInvitation; onRun: (name: string) => void }

const InvitationRow = ({ invitation, onRun }: InvitationProps) => {
  const words = useWords()
  const { id, name, email, role, state, expiresAt, may } = invitation
  const items = useStepItems('invitations', may, onRun)
  return (
    <li className="cd-person" data-testid={`invitation-${id}`}>
      <span className="cd-grow">
        <span className="cd-strong">{name}</span>
        <span className="cd-muted cd-small cd-block">
          {words.t(`screens.roles.${role}`)} · {email}
        </span>
        <span className="cd-muted cd-small cd-block">
          {words.t(state === 'sent' ? 'cabinet.people.until' : 'cabinet.people.over', {
            on: words.moment(expiresAt),
          })}
        </span>
      </span>
      <Badge tone={state === 'sent' ? 'theirs' : 'warn'}>{words.value('invitations', 'state', state)}</Badge>
      {items.length ? (
        <Menu items={items} label={words.t('screens.list.row_menu', { title: name })} isEnd />
      ) : null}
    </li>
  )
}

export const PeoplePage = () => {
  const words = useWords()
  const { data, failure, reload } = useLoaded('people', (signal) => desk<CabinetPeople>('people', {}, signal))
  useOnPulse(reload)
  const runner = useActionRunner(reload)
  const title = words.t('cabinet.nav.people')
  useEffect(() => {
    document.title = `${title} · certdesk`
  }, [title])
  const people = data?.people ?? []
  const invitations = data?.invitations ?? []
  const waiting = people.filter(({ state }) => state === 'pending')
  const groups = [
    { key: 'acting', people: people.filter(({ state }) => state === 'active' || state === 'blocked') },
    { key: 'known', people: people.filter(({ state }) => state === null) },
    { key: 'former', people: people.filter(({ state }) => state === 'refused' || state === 'departed') },
  ].filter((group) => group.people.length)
  const run = (resourceId: string, name: string, id: number, called: string) =>
    runner.run({ resourceId, name, record: recordOf(id, called) })
  const card = (key: string, members: CabinetPerson[]) => (
    <section key={key} className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h3">{words.t(`cabinet.people.groups.${key}`)}</h2>
      </header>
      <ul>
        {members.map((person) => (
          <PersonRow
            key={person.key}
            person={person}
            onRun={(name) => run('memberships', name, person.membershipId ?? 0, person.name)}
          />
        ))}
      </ul>
    </section>
  )
  return (
    <div className="cd-cabinet-page">
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{title}</h1>
          <p>{words.t('cabinet.people.lead')}</p>
        </div>
        {data?.mayInvite ? (
          <GoLink href={newUrl('invitations')} className="cd-button cd-button-primary">
            <Icon name="UserPlus" />
            {words.t('cabinet.people.invite')}
          </GoLink>
        ) : null}
      </div>
      {failure && !data ? (
        <section className="cd-card">
          <FailurePlace failure={failure} onRetry={reload} />
        </section>
      ) : !data ? (
        <SkeletonCard />
      ) : people.length + invitations.length === 0 ? (
        <section className="cd-card">
          <EmptyPlace
            icon="Users"
            title={words.t('cabinet.people.none')}
            text={words.t('cabinet.people.none_text')}
          />
        </section>
      ) : (
        <div className="cd-stack">
          {waiting.length ? card('waiting', waiting) : null}
          {invitations.length ? (
            <section className="cd-card">
              <header className="cd-card-head">
                <h2 className="cd-h3 cd-grow">{words.t('cabinet.people.groups.invited')}</h2>
                <GoLink href={listUrl('invitations')}>{words.t('cabinet.people.all_invitations')}</GoLink>
              </header>
              <ul>
                {invitations.map((invitation) => (
                  <InvitationRow
                    key={invitation.id}
                    invitation={invitation}
                    onRun={(name) => run('invitations', name, invitation.id, invitation.name)}
                  />
                ))}
              </ul>
            </section>
          ) : null}
          {groups.map((group) => card(group.key, group.people))}
        </div>
      )}
      {runner.dialog}
    </div>
  )
}
