/** A program of this repository as plain JavaScript, made once for each state of its sources; decision 0022 says why. */
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const rooms = ['src', 'admin', 'jobs', 'templates', 'seeders']
/** Packages are looked for above what imports them, so this must be inside the repository. */
const cache = join(root, 'node_modules', '.cache', 'certdesk')
/** A build nobody started for so long goes; a process that still runs from one reads no more of it by then. */
const keptDays = 30

/** What AdminJS reads to build screens by itself, which ours are not (0009, 0014), and to ask servers from a browser. */
const unneeded = /^(@babel\/|@rollup\/|rollup$|rollup-plugin-|axios$)/
const nothing = `const nothing = () => ({})
  export { nothing as rollup, nothing as watch, nothing as nodeResolve, nothing as babel, nothing as minify }
  export default Object.assign(nothing, { create: nothing })`
const adminPackages = /^(adminjs|@adminjs\/(express|sequelize|design-system))$/

/** Of everything the build depends on, and of the place it is baked into it. Nothing else waits, so it is read in one go. */
function fingerprint() {
  const hash = createHash('sha256').update(`${root}\n${process.version}\n`)
  const inRooms = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true })
      .map((path) => join(room, String(path)))
      .filter((path) => /\.(tsx?|mjs|json)$/.test(path)),
  )
  for (const path of ['package-lock.json', ...inRooms.toSorted()]) {
    const content = readFileSync(join(root, path))
    hash.update(`${path} ${content.length}\n`).update(content)
  }
  return hash.digest('hex').slice(0, 20)
}

/** Where a file says it is stays the source: templates, fonts and migrations are found beside that. */
export const itsPlace = (/** @type {string} */ contents, /** @type {string} */ path) =>
  contents
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))

/** @type {import('esbuild').Plugin} */
const ownAndAdmin = {
  name: 'own and admin',
  setup(made) {
    made.onResolve({ filter: /.*/ }, ({ path, kind, importer }) => {
      if (kind === 'entry-point' || path.startsWith('.')) return undefined
      if (unneeded.test(path) && importer.includes('/node_modules/adminjs/'))
        return { path, namespace: 'nothing' }
      return adminPackages.test(path) ? undefined : { path, external: true }
    })
    made.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: nothing }))
    made.onLoad({ filter: /\.(tsx?|js)$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8')
      if (!contents.includes('import.meta')) return undefined
      const loader = /** @type {'ts' | 'tsx' | 'js'} */ (extname(path).slice(1))
      return { contents: itsPlace(contents, path), loader }
    })
  },
}

const isThere = (/** @type {string} */ path) =>
  stat(path).then(
    () => true,
    () => false,
  )

async function sweep() {
  const before = Date.now() - keptDays * 86_400_000
  for (const name of await readdir(cache)) {
    const { mtimeMs } = await stat(join(cache, name))
    if (mtimeMs < before) await rm(join(cache, name), { recursive: true, force: true })
  }
}

/**
 * The file to run instead of the source. Processes that start together may each build; whichever is first stays.
 * @param {string} source of the program, such as `src/web.ts`
 * @returns {Promise<string>}
 * @throws an error of the file system where the repository cannot be written to
 */
export async function buildProgram(source) {
  const name = relative(root, resolve(source))
  const folder = join(cache, `${fingerprint()}-${name.replaceAll(/[^\w]+/g, '-')}`)
  const program = join(folder, name.replace(/\.ts$/, '.mjs'))
  if (await isThere(program)) {
    const now = new Date()
    await utimes(folder, now, now)
    return program
  }
  const draft = `${folder}.${randomUUID()}`
  await mkdir(draft, { recursive: true })
  try {
    // Read by whoever has to build only.
    const { build } = await import('esbuild')
    await build({
      absWorkingDir: root,
      entryPoints: [name],
      outdir: draft,
      outbase: '.',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      jsx: 'automatic',
      sourcemap: 'linked',
      sourcesContent: false,
      logLevel: 'warning',
      plugins: [ownAndAdmin],
    })
    await rename(draft, folder).catch((/** @type {NodeJS.ErrnoException} */ fault) => {
      // Another process has built the same meanwhile.
      if (fault.code !== 'ENOTEMPTY' && fault.code !== 'EEXIST') throw fault
    })
    await sweep()
    return program
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}
