/** What a client may open, in the order of need: the same entries stand in the side navigation and under the thumb. */

import { useSelector } from 'react-redux'
import { useMe, useResources, type PageState } from '../adminjs-state.ts'
import { listUrl, pageUrl, recordUrl, rootPath } from '../desk-api.ts'
import { useWords } from '../use-words.ts'

export type Entry = { key: string; href: string; text: string; icon: string }

export const useCabinetEntries = (): Entry[] => {
  const words = useWords()
  const resources = useResources()
  const pages = useSelector((state: PageState) => state.pages)
  const { organisation, office, role } = useMe()
  const has = (id: string) => resources.some((resource) => resource.id === id)
  const hasPage = (name: string) => pages.some((page) => page.name === name)
  const list = (id: string, icon: string): Entry[] =>
    has(id) ? [{ key: id, href: listUrl(id), text: words.resource(id), icon }] : []
  const page = (name: string, icon: string, isOpen: boolean): Entry[] =>
    isOpen && hasPage(name)
      ? [{ key: name, href: pageUrl(name), text: words.t(`cabinet.nav.${name}`), icon }]
      : []
  const home: Entry = { key: 'home', href: rootPath(), text: words.t('screens.frame.home'), icon: 'Home' }
  const messages = page('messages', 'MessageSquare', true)
  // An applicant of an office has nothing here yet but its answers.
  if (!organisation) return office === null ? [home] : [home, ...messages]
  return [
    home,
    ...list('invoices', 'FileText'),
    ...list('documents', 'File'),
    ...messages,
    ...list('invoice-lines', 'Package'),
    ...page('catalogue', 'Grid', has('products')),
    ...list('order-requests', 'ShoppingCart'),
    ...page('people', 'Users', role === 'head'),
    ...(has('organisations')
      ? [
          {
            key: 'organisation',
            href: recordUrl('organisations', organisation.id),
            text: words.t('cabinet.nav.organisation'),
            icon: 'Briefcase',
          },
        ]
      : []),
  ]
}
