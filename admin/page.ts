/** The one HTML page of the back office: our own shell around AdminJS's application, with nothing from outside. */
import type AdminJS from 'adminjs'
import { initializeStore } from 'adminjs'
import { combineStyles } from '@adminjs/design-system'
import { icon } from '../src/http/brand.ts'
import type { Assets } from './bundle.ts'
import type { SignedIn } from './desk-types.ts'
import { locale } from './locale/index.ts'

type ActionData = { name: string; actionType: string }
type ResourceData = { id: string; actions: ActionData[]; resourceActions: ActionData[]; properties: unknown }
type State = Record<string, unknown> & {
  resources: ResourceData[]
  branding: { theme?: object; companyName: string }
  pages: { name: string }[]
}

/** Pages that are not for everybody behind their door; their questions ask the same of the actor. */
const readers: Readonly<Record<string, ReadonlySet<string>>> = {
  jobs: new Set(['administrator', 'support']),
  people: new Set(['head']),
}

/** Text that cannot end the script it stands in. */
const inScript = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')

/** The actions and resources this person may use; the rest of the configuration is nobody's business. */
function permitted(admin: AdminJS, state: State, signedIn: SignedIn): ResourceData[] {
  return admin.resources.flatMap((resource) => {
    const decorated = resource.decorate()
    const known = state.resources.find(({ id }) => id === decorated.id())
    const isOpen = ({ name }: ActionData) => decorated.actions[name]?.isAccessible(signedIn as never) === true
    if (
      !known?.actions.some((action) => isOpen(action) && (action.name === 'list' || action.name === 'show'))
    )
      return []
    const { id, actions, resourceActions } = known
    // Our screens read the views of the actions; AdminJS's own descriptions of every column would be dead weight.
    const bare = {
      properties: {},
      listProperties: [],
      showProperties: [],
      editProperties: [],
      filterProperties: [],
    }
    return [
      {
        ...known,
        ...bare,
        id,
        actions: actions.filter(isOpen),
        resourceActions: resourceActions.filter(isOpen),
      },
    ]
  })
}

/** @param nonce of the content policy: the inline script runs by it. */
export async function page(
  admin: AdminJS,
  signedIn: SignedIn,
  assets: Assets,
  nonce: string,
): Promise<string> {
  const store = await initializeStore(admin, signedIn as never)
  const state = store.getState() as unknown as State
  const { branding } = state
  const { language } = signedIn
  const redux = {
    ...state,
    resources: permitted(admin, state, signedIn),
    pages: state.pages.filter(({ name }) => readers[name]?.has(signedIn.role) ?? true),
    locale: { language, lng: language, availableLanguages: Object.keys(locale), translations: {} },
  }
  const theme = combineStyles(branding.theme ?? {})
  const fonts = assets.preload.map(
    (href) => `<link rel="preload" href="${href}" as="font" type="font/woff2" crossorigin>`,
  )
  const styles = assets.styles.map((href) => `<link rel="stylesheet" href="${href}">`)
  const scripts = assets.scripts.map((src) => `<script src="${src}" defer></script>`)
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>certdesk</title><link rel="icon" href="${icon}">
${[...fonts, ...styles].join('\n')}
<script nonce="${nonce}">window.REDUX_STATE=${inScript(redux)};window.THEME=${inScript(theme)};window.THEME_COMPONENTS={};window.AdminJS={Components:{}}</script>
${scripts.join('\n')}
</head><body><div id="app"></div></body></html>`
}
