/** The navigation: grouped by the work, counters only where somebody must act, foldable to icons. */

import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router-dom'
import { useMe, usePages, useResources, type ResourceData } from '../adminjs-state.ts'
import { pageUrl, listUrl, rootPath } from '../desk-api.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { useCabinetEntries, type Entry } from '../cabinet/use-entries.ts'
import { useLive } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { Brand } from './brand.tsx'

/** The groups in the order of the work; a group nobody told of here comes last. */
const ORDER = ['clients', 'shipping', 'system']

const groupsOf = (resources: ResourceData[]): [string, ResourceData[]][] => {
  const groups = new Map<string, ResourceData[]>(ORDER.map((key) => [key, []]))
  for (const resource of resources) {
    const { navigation } = resource
    if (!navigation?.show || !resource.href) continue
    const group = navigation.name ?? 'system'
    groups.set(group, [...(groups.get(group) ?? []), resource])
  }
  return [...groups].filter(([, entries]) => entries.length > 0)
}

type Props = { isFolded?: boolean; onFold?: () => void; onGo?: () => void }

export const Sidebar = ({ isFolded = false, onFold, onGo }: Props) => {
  const words = useWords()
  const { side } = useMe()
  const pages = usePages()
  const { pathname } = useLocation()
  const { counters } = useLive()
  const resources = useResources()
  const places = useRef<HTMLDivElement>(null)
  // Of many places the one a person is at must not hide below the edge.
  useEffect(() => {
    places.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' })
  }, [pathname])

  const link = ({ key, href, text, icon }: Entry) => {
    const counter = counters.navigation[key]
    const isHere =
      href === rootPath() ? pathname === href : pathname === href || pathname.startsWith(`${href}/`)
    return (
      <li key={key}>
        <GoLink
          href={href}
          className="cd-side-link"
          current={isHere}
          {...(isFolded && { title: text })}
          {...(onGo && { onGo })}
        >
          <Icon name={icon} />
          <span className="cd-side-text">{text}</span>
          {counter && counter.count > 0 ? (
            <span className={counter.tone === 'fail' ? 'cd-count cd-count-fail' : 'cd-count'}>
              {counter.count > 999 ? '999+' : counter.count}
              <span className="cd-hidden"> {words.t('screens.frame.waiting', { count: counter.count })}</span>
            </span>
          ) : null}
        </GoLink>
      </li>
    )
  }
  const mayWatchJobs = pages.some(({ name }) => name === 'jobs')
  const jobs: Entry = {
    key: 'jobs',
    href: pageUrl('jobs'),
    text: words.t('screens.frame.jobs'),
    icon: 'Clock',
  }
  const register: Entry = {
    key: 'register',
    href: pageUrl('register'),
    text: words.t('screens.frame.register'),
    icon: 'Database',
  }
  const profile: Entry = {
    key: 'profile',
    href: pageUrl('profile'),
    text: words.t('profile.title'),
    icon: 'User',
  }
  const ours = useCabinetEntries()
  const groups = side === 'client' ? [] : groupsOf(resources)
  const hasSystem = groups.some(([key]) => key === 'system')

  return (
    <nav className="cd-side" id="cd-side" aria-label={words.t('screens.frame.navigation')} data-css="sidebar">
      <Brand {...(onGo && { onGo })} />
      <div className="cd-side-scroll" ref={places}>
        <ul>
          {side === 'client' ? (
            ours.map(link)
          ) : (
            <>
              {link({ key: 'home', href: rootPath(), text: words.t('screens.frame.home'), icon: 'Home' })}
              {link({
                key: 'queue',
                href: pageUrl('queue'),
                text: words.t('screens.frame.queue'),
                icon: 'Inbox',
              })}
              {link({
                key: 'messages',
                href: pageUrl('messages'),
                text: words.t('threads.title'),
                icon: 'MessageSquare',
              })}
            </>
          )}
        </ul>
        {groups.map(([key, entries]) => (
          <div key={key}>
            <p className="cd-side-group" aria-hidden={isFolded || undefined}>
              {words.either([`screens.frame.groups.${key}`, `labels.${key}`], key)}
            </p>
            <ul>
              {entries.map((resource) =>
                link({
                  key: resource.id,
                  href: listUrl(resource.id),
                  text: words.resource(resource.id),
                  icon: ICONS[resource.id] ?? resource.navigation?.icon ?? 'Circle',
                }),
              )}
              {key === 'clients' && side === 'staff' ? link(register) : null}
              {key === 'system' && mayWatchJobs ? link(jobs) : null}
            </ul>
          </div>
        ))}
        {side === 'client' ? <ul>{link(profile)}</ul> : null}
        {!hasSystem && mayWatchJobs ? (
          <>
            <p className="cd-side-group">{words.t('screens.frame.groups.system')}</p>
            <ul>{link(jobs)}</ul>
          </>
        ) : null}
      </div>
      {onFold ? (
        <button
          type="button"
          className="cd-side-fold"
          onClick={onFold}
          aria-expanded={!isFolded}
          aria-controls="cd-side"
        >
          <Icon name={isFolded ? 'ChevronsRight' : 'ChevronsLeft'} />
          <span className={isFolded ? 'cd-hidden' : undefined}>
            {words.t(isFolded ? 'screens.frame.unfold' : 'screens.frame.fold')}
          </span>
        </button>
      ) : null}
    </nav>
  )
}

/** AdminJS keeps one icon per group; each entry deserves its own. */
const ICONS: Record<string, string> = {
  organisations: 'Briefcase',
  employees: 'Users',
  invitations: 'UserPlus',
  registrations: 'UserCheck',
  'reply-templates': 'MessageCircle',
  'registration-links': 'Link',
  contracts: 'Edit3',
  'change-requests': 'Edit2',
  'order-requests': 'ShoppingCart',
  'bank-accounts': 'CreditCard',
  products: 'Tag',
  invoices: 'FileText',
  'invoice-lines': 'Package',
  payments: 'DollarSign',
  'accounting-requests': 'Send',
  documents: 'File',
  mails: 'Mail',
  exports: 'Download',
  'report-schedules': 'Calendar',
  'folder-files': 'Folder',
  users: 'UserCheck',
  'sign-in-rules': 'Shield',
  'vat-rates': 'Percent',
  'audit-events': 'Eye',
}
