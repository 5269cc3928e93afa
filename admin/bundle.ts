/** Everything the browser loads: AdminJS's production scripts, our components, words and fonts; built once per content. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { ComponentLoader } from 'adminjs'
import { build, type Plugin } from 'esbuild'
import { env } from '../src/env.ts'
import { log } from '../src/log.ts'
import { locale } from './locale/index.ts'

/** Addresses of the built files; each holds the hash of its content, so it is cached for good. */
export type Assets = Readonly<{
  folder: string
  scripts: string[]
  styles: string[]
  /** Fonts only: enough for pages without AdminJS. */
  fontsHref: string
  /** The script of the pages before a door. */
  passkeyHref: string
  preload: string[]
}>

export const ASSETS_PATH = '/admin/assets'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)
const packageFolder = (name: string): string => {
  const entry = require.resolve(name)
  return entry.slice(0, entry.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length)
}

// The order matters: the words stand ready before the application reads them.
const coreScripts = (): { name: string; path: string }[] => {
  const scripts = join(packageFolder('adminjs'), 'lib/frontend/assets/scripts')
  return [
    { name: 'global', path: join(scripts, 'global-bundle.production.js') },
    { name: 'design-system', path: join(packageFolder('@adminjs/design-system'), 'bundle.production.js') },
    { name: 'app', path: join(scripts, 'app-bundle.production.js') },
  ]
}

const subsets = [
  ['cyrillic-ext', 'U+0460-052F,U+1C80-1C8A,U+20B4,U+2DE0-2DFF,U+A640-A69F,U+FE2E-FE2F'],
  ['cyrillic', 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116'],
  [
    'latin-ext',
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+2113,U+2C60-2C7F,U+A720-A7FF',
  ],
  [
    'latin',
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  ],
] as const

// ₸ and ₽ stand on every screen with a sum; the letters beside them in their file, 85 kB, on hardly any.
const signs = { from: 0x20_ad, to: 0x20_c0 }
const signsRange = `U+${signs.from.toString(16)}-${signs.to.toString(16)}`

/** The signs of currencies alone, cut out of the file that holds them. */
async function signsFont(): Promise<Buffer> {
  // Read by whoever has to build only.
  const { default: subsetFont } = await import('subset-font')
  const codes = Array.from({ length: signs.to - signs.from + 1 }, (_, at) => signs.from + at)
  const whole = await readFile(fontPath('latin-ext'))
  return subsetFont(whole, String.fromCodePoint(...codes), { targetFormat: 'woff2' })
}

const fontPath = (subset: string): string =>
  join(packageFolder('@fontsource-variable/inter'), 'files', `inter-${subset}-wght-normal.woff2`)

const BASE_CSS = `html,body,#app{margin:0;padding:0;width:100%;height:100%}
body{font-family:Inter,system-ui,sans-serif;line-height:1}
h1,h2,h3,h4,h5,h6,p,ul,ol,dl,dd,dt,li,figure,fieldset,form,label,legend,table,caption,tbody,tfoot,thead,tr,th,td{margin:0;padding:0;border:0;font:inherit}
ol,ul{list-style:none}table{border-collapse:collapse;border-spacing:0}[hidden]{display:none}#app{isolation:isolate}:root{color-scheme:light}`

// AdminJS and its libraries are globals of the page already; a second React would be another React.
const globals: Readonly<Record<string, string>> = {
  react: 'React',
  'react-dom': 'ReactDOM',
  redux: 'Redux',
  'react-redux': 'ReactRedux',
  'react-router': 'ReactRouter',
  'react-router-dom': 'ReactRouterDOM',
  'react-feather': 'FeatherIcons',
  'prop-types': 'PropTypes',
  'styled-components': 'styled',
  '@adminjs/design-system/styled-components': 'styled',
  '@adminjs/design-system': 'AdminJSDesignSystem',
  adminjs: 'AdminJS',
}

const jsxRuntime = `const { createElement, Fragment } = window.React
const jsx = (type, props, key) => createElement(type, key === undefined ? props : { ...props, key })
module.exports = { jsx, jsxs: jsx, Fragment }`

const pageGlobals: Plugin = {
  name: 'page-globals',
  setup(build) {
    build.onResolve({ filter: /^react\/jsx-runtime$/ }, () => ({ path: 'jsx', namespace: 'runtime' }))
    build.onLoad({ filter: /.*/, namespace: 'runtime' }, () => ({ contents: jsxRuntime, loader: 'js' }))
    build.onResolve({ filter: /^[a-z@]/ }, ({ path }) =>
      globals[path] ? { path, namespace: 'global' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'global' }, ({ path }) => ({
      contents: `module.exports = window.${globals[path]}`,
      loader: 'js',
    }))
  },
}

/** The name a component is registered under is the name its file exports. */
const entryOf = (components: Record<string, string>): string =>
  [
    'AdminJS.UserComponents = AdminJS.UserComponents ?? {}',
    ...Object.entries(components).map(
      ([name, path]) =>
        `import { ${name} } from ${JSON.stringify(path)}\nAdminJS.UserComponents[${JSON.stringify(name)}] = ${name}`,
    ),
    'window.createRoot(document.getElementById("app")).render(AdminJS.Application)',
  ].join('\n')

async function sourcesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Changes with any source of a screen, any word, and any version of what is bundled. */
async function keyOf(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(locale))
  const shared = ['bundle.ts', 'desk-types.ts', 'profile-types.ts', 'view-types.ts'].map((name) =>
    join(here, name),
  )
  for (const path of [...shared, ...(await sourcesOf(join(here, 'components')))]) {
    hash.update(path.slice(here.length)).update(await readFile(path))
  }
  for (const name of [
    'adminjs',
    '@adminjs/design-system',
    '@fontsource-variable/inter',
    '@simplewebauthn/browser',
    'esbuild',
    'subset-font',
  ]) {
    const { version } = JSON.parse(await readFile(join(packageFolder(name), 'package.json'), 'utf8')) as {
      version: string
    }
    hash.update(`${name}@${version}`)
  }
  return hash.digest('hex').slice(0, 16)
}

const brotli = promisify(brotliCompress)
const squeeze = promisify(gzip)

/** Writes a file under a name that holds the hash of its content, with its compressed twins. */
async function put(folder: string, name: string, extension: string, content: Buffer): Promise<string> {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 10)
  const file = `${name}-${hash}.${extension}`
  await writeFile(join(folder, file), content)
  if (extension !== 'woff2') {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    }
    const [br, gz] = await Promise.all([brotli(content, { params }), squeeze(content, { level: 9 })])
    await Promise.all([writeFile(join(folder, `${file}.br`), br), writeFile(join(folder, `${file}.gz`), gz)])
  }
  return `${ASSETS_PATH}/${file}`
}

async function putFonts(folder: string): Promise<{ css: string; preload: string[] }> {
  const fonts = [
    ...subsets.map(([subset, range]) => ({ subset, range, read: () => readFile(fontPath(subset)) })),
    { subset: 'signs', range: signsRange, read: signsFont },
  ]
  const faces = await Promise.all(
    fonts.map(async ({ subset, range, read }) => {
      const href = await put(folder, `inter-${subset}`, 'woff2', await read())
      return {
        subset,
        href,
        css: `@font-face{font-family:Inter;font-style:normal;font-weight:100 900;font-display:swap;src:url(${href}) format("woff2");unicode-range:${range}}`,
      }
    }),
  )
  // The others are asked for by pages that hold their letters.
  const needed = faces.filter(({ subset }) => ['cyrillic', 'latin', 'signs'].includes(subset))
  return { css: faces.map(({ css }) => css).join('\n'), preload: needed.map(({ href }) => href) }
}

async function compile(components: Record<string, string>): Promise<{ script: Buffer; style: Buffer }> {
  const { outputFiles } = await build({
    stdin: { contents: entryOf(components), resolveDir: here, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    write: false,
    outdir: 'out',
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl' },
    plugins: [pageGlobals],
    logLevel: 'error',
  })
  const output = (extension: string) =>
    Buffer.from(outputFiles.find(({ path }) => path.endsWith(extension))?.contents ?? '')
  return { script: output('.js'), style: output('.css') }
}

/** Small enough for a page that loads nothing else; React and AdminJS are not there. */
async function compilePasskeys(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'components/sign-in/passkey.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    charset: 'utf8',
    logLevel: 'error',
  })
  return Buffer.from(outputFiles[0]?.contents ?? '')
}

const wordsScript = (): Buffer =>
  Buffer.from(`window.REDUX_STATE.locale.translations=${JSON.stringify(locale)}`)

async function buildInto(
  folder: string,
  components: Record<string, string>,
): Promise<Omit<Assets, 'folder'>> {
  const [{ css, preload }, { script, style }, passkeys] = await Promise.all([
    putFonts(folder),
    compile(components),
    compilePasskeys(),
  ])
  const [words, ...rest] = await Promise.all([
    put(folder, 'words', 'js', wordsScript()),
    ...coreScripts().map(async ({ name, path }) => put(folder, name, 'js', await readFile(path))),
    put(folder, 'components', 'js', script),
  ])
  const [fontsHref, screens, passkeyHref] = await Promise.all([
    put(folder, 'fonts', 'css', Buffer.from(css)),
    put(folder, 'screens', 'css', Buffer.concat([Buffer.from(BASE_CSS), style])),
    put(folder, 'passkey', 'js', passkeys),
  ])
  return {
    scripts: [words, ...rest] as string[],
    styles: [fontsHref, screens],
    fontsHref,
    passkeyHref,
    preload,
  }
}

/** Keeps the newest few builds: a page that is open still asks for the files it was made with. */
async function forgetOld(root: string, current: string): Promise<void> {
  const old = (await readdir(root)).filter((name) => name !== current && !name.startsWith('.'))
  for (const name of old.slice(0, Math.max(0, old.length - 3)))
    await rm(join(root, name), { recursive: true, force: true })
}

/** The assets of the sources as they are now: read when they were built before, built otherwise. */
export async function bundle(loader: ComponentLoader): Promise<Assets> {
  const root = join(env().DATA_DIR, 'admin-assets')
  const key = await keyOf()
  const folder = join(root, key)
  const manifest = join(folder, 'manifest.json')
  if (!existsSync(manifest)) {
    const started = Date.now()
    const draft = join(root, `draft-${process.pid}-${key}`)
    await mkdir(draft, { recursive: true })
    await writeFile(
      join(draft, 'manifest.json'),
      JSON.stringify(await buildInto(draft, loader.getComponents())),
    )
    // Two processes may build at once: the files are the same, whoever is second throws its own away.
    await rename(draft, folder).catch(async (fault: NodeJS.ErrnoException) => {
      await rm(draft, { recursive: true, force: true })
      if (fault.code !== 'ENOTEMPTY' && fault.code !== 'EEXIST') throw fault
    })
    await forgetOld(root, key)
    log.info({ ms: Date.now() - started }, 'screens built')
  }
  const built = JSON.parse(await readFile(manifest, 'utf8')) as Omit<Assets, 'folder'>
  return { ...built, folder }
}
