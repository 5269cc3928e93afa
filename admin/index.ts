/** AdminJS assembled: resources, pages, words, the look; everything else about it is in its own file. */
import AdminJS, { type AdminJSOptions, type PageHandler } from 'adminjs'
import '../src/models/associations.ts'
import '../src/policies/index.ts'
import { adminPages, componentLoader, components } from './components/index.ts'
import { resources } from './resources/index.ts'

// Our pages ask the desk's own endpoints, each of which checks its reader.
const nothing: PageHandler = async () => ({})

/** @throws Error when a resource names a column, a verb or an action that does not exist. */
export function createAdmin(): AdminJS {
  const options = {
    rootPath: '/admin',
    loginPath: '/admin/login',
    logoutPath: '/admin/logout',
    componentLoader,
    resources: resources.map(({ resource, options }) => ({ resource, options })),
    dashboard: { component: components.Dashboard, handler: nothing },
    pages: Object.fromEntries(
      Object.entries(adminPages).map(([name, page]) => [name, { ...page, handler: nothing }]),
    ),
    branding: { companyName: 'certdesk', withMadeWithLove: false, logo: false },
    settings: { defaultPerPage: 25 },
    locale: { language: 'ru', availableLanguages: ['ru', 'en'] },
  }
  return new AdminJS(options as unknown as AdminJSOptions)
}
