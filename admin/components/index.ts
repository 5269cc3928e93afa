/** Names every screen AdminJS loads: the overrides of its own parts, the pages and the cards of single resources. */

import { fileURLToPath } from 'node:url'
import { ComponentLoader } from 'adminjs'

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export const componentLoader = new ComponentLoader()

/** AdminJS's own parts that ours stand in for; the name is also the name the file exports. */
const overrides = {
  Application: './application.tsx',
  Sidebar: './frame/sidebar.tsx',
  TopBar: './frame/top-bar.tsx',
  NoticeBox: './notice-box.tsx',
  DefaultListAction: './list/default-list-action.tsx',
  DefaultShowAction: './record/default-show-action.tsx',
} as const
for (const [name, path] of Object.entries(overrides)) componentLoader.override(name, file(path))

/** Components a resource, the dashboard or a page names. */
export const components = {
  OrganisationCard: componentLoader.add('OrganisationCard', file('./organisation/organisation-card.tsx')),
  Dashboard: componentLoader.add('Dashboard', file('./pages/dashboard.tsx')),
  QueuePage: componentLoader.add('QueuePage', file('./pages/queue-page.tsx')),
  NotificationsPage: componentLoader.add('NotificationsPage', file('./pages/notifications-page.tsx')),
  JobsPage: componentLoader.add('JobsPage', file('./pages/jobs-page.tsx')),
  RegisterPage: componentLoader.add('RegisterPage', file('./pages/register-page.tsx')),
  ProfilePage: componentLoader.add('ProfilePage', file('./pages/profile-page.tsx')),
  ChangeRequestCard: componentLoader.add('ChangeRequestCard', file('./organisation/change-request-card.tsx')),
  IdentityCard: componentLoader.add('IdentityCard', file('./identity/identity-card.tsx')),
  IdentityLetterCard: componentLoader.add('IdentityLetterCard', file('./identity/identity-letter-card.tsx')),
  CabinetHome: componentLoader.add('CabinetHome', file('./cabinet/cabinet-home.tsx')),
  CabinetInvoice: componentLoader.add('CabinetInvoice', file('./cabinet/cabinet-invoice.tsx')),
  CabinetOrganisation: componentLoader.add('CabinetOrganisation', file('./cabinet/cabinet-organisation.tsx')),
  CataloguePage: componentLoader.add('CataloguePage', file('./cabinet/catalogue-page.tsx')),
  MessagesPage: componentLoader.add('MessagesPage', file('./messages/messages-page.tsx')),
  PeoplePage: componentLoader.add('PeoplePage', file('./cabinet/people-page.tsx')),
} as const

/** Pages by the name in their address: `/admin/pages/<name>`. */
export const adminPages = {
  queue: { component: components.QueuePage, icon: 'Inbox' },
  messages: { component: components.MessagesPage, icon: 'MessageSquare' },
  jobs: { component: components.JobsPage, icon: 'Clock' },
  notifications: { component: components.NotificationsPage, icon: 'Bell' },
  register: { component: components.RegisterPage, icon: 'Database' },
  profile: { component: components.ProfilePage, icon: 'User' },
} as const

/** Pages of the cabinet: `/cabinet/pages/<name>`. */
export const cabinetPages = {
  notifications: { component: components.NotificationsPage, icon: 'Bell' },
  profile: { component: components.ProfilePage, icon: 'User' },
  messages: { component: components.MessagesPage, icon: 'MessageSquare' },
  catalogue: { component: components.CataloguePage, icon: 'Grid' },
  people: { component: components.PeoplePage, icon: 'Users' },
} as const
