/** AdminJS assembled twice, for the office and for its clients: resources, pages, words, the look. */
import AdminJS, { type AdminJSOptions, type PageHandler } from 'adminjs'
import '../src/models/associations.ts'
import '../src/policies/index.ts'
import { doors } from '../src/http/doors.ts'
import type { Side } from '../src/policies/actor.ts'
import { cabinetResources } from './cabinet/index.ts'
import { adminPages, cabinetPages, componentLoader, components } from './components/index.ts'
import type { DeskResource } from './define-resource.ts'
import { resources } from './resources/index.ts'

// Our pages ask the desk's own endpoints, each of which checks its reader.
const nothing: PageHandler = async () => ({})

type Parts = { resources: readonly DeskResource[]; home: string; pages: Record<string, object> }

const parts: Readonly<Record<Side, Parts>> = {
  staff: { resources, home: components.Dashboard, pages: adminPages },
  client: { resources: cabinetResources, home: components.CabinetHome, pages: cabinetPages },
}

/** One side of the product. @throws Error when a resource names a column, a verb or an action that does not exist. */
export function createAdmin(side: Side): AdminJS {
  const { root } = doors[side]
  const { resources: shown, home, pages } = parts[side]
  const options = {
    rootPath: root,
    loginPath: `${root}/login`,
    logoutPath: `${root}/logout`,
    componentLoader,
    resources: shown.map(({ resource, options }) => ({ resource, options })),
    dashboard: { component: home, handler: nothing },
    pages: Object.fromEntries(
      Object.entries(pages).map(([name, page]) => [name, { ...page, handler: nothing }]),
    ),
    branding: { companyName: 'certdesk', withMadeWithLove: false, logo: false },
    settings: { defaultPerPage: 25 },
    locale: { language: 'ru', availableLanguages: ['ru', 'en'] },
  }
  return new AdminJS(options as unknown as AdminJSOptions)
}
