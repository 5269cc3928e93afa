/** The parts of AdminJS's page state these screens read: resources with their view objects, pages and who is signed in. */

import { useSelector } from 'react-redux'
import type { SignedIn } from '../desk-types.ts'
import type { ActionView, FormView, ListView, RecordView } from '../view-types.ts'
import type { ActionButton, Notice } from './desk-api.ts'

export type ResourceData = {
  id: string
  name: string
  href: string | null
  navigation: { name: string | null; icon: string; show: boolean } | null
  resourceActions: ActionButton[]
  actions: ActionButton[]
}
export type PageState = {
  resources: ResourceData[]
  pages: { name: string; component: string; icon?: string }[]
  session: (SignedIn & { title?: string }) | null
  dashboard: { component?: string }
  notices: (Notice & { id: string; body?: unknown })[]
}

export const useResources = (): ResourceData[] => useSelector((state: PageState) => state.resources)
/** Pages this person may open. */
export const usePages = (): PageState['pages'] => useSelector((state: PageState) => state.pages)
export const useResourceData = (resourceId: string): ResourceData | undefined =>
  useResources().find(({ id }) => id === resourceId)

const STRANGER: SignedIn = {
  id: 0,
  name: '',
  email: '',
  role: 'support',
  side: 'staff',
  office: null,
  organisation: null,
  places: 0,
  language: 'ru',
  timezone: 'Europe/Moscow',
  preferences: {},
}
export const useMe = (): SignedIn => useSelector((state: PageState) => state.session) ?? STRANGER

const customOf = (resource: ResourceData | undefined, name: string) =>
  resource?.actions.find((action) => action.name === name)?.custom
export const listViewOf = (resource: ResourceData | undefined) =>
  customOf(resource, 'list') as ListView | undefined
export const recordViewOf = (resource: ResourceData | undefined) =>
  customOf(resource, 'show') as RecordView | undefined
export const formViewOf = (resource: ResourceData | undefined, name: 'new' | 'edit') =>
  customOf(resource, name) as FormView | undefined
export const actionViewOf = (resource: ResourceData | undefined, name: string): ActionView => {
  const view = customOf(resource, name) as Partial<ActionView> | undefined
  return {
    icon: view?.icon ?? '',
    tone: view?.tone ?? 'plain',
    fields: view?.fields ?? [],
    ...(view?.confirm && { confirm: true }),
  }
}
