/** The programs and their tests as plain JavaScript: made once in a run, so that no process of it compiles anything. */
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve, dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

/** What a source path is called once it is compiled. */
export const compiledName = (path: string): string => path.replace(/\.tsx?$/, '.mjs')

/** Everything the compiler of types looks at. */
async function sources(): Promise<string[]> {
  const { include: rooms } = JSON.parse(await readFile('tsconfig.json', 'utf8')) as { include: string[] }
  const found = await Promise.all(
    rooms.map(async (room) => (await readdir(room, { recursive: true })).map((path) => join(room, path))),
  )
  return found.flat().filter((path) => /\.tsx?$/.test(path))
}

/** Where a file says it is stays the source: templates, samples and fonts are found beside that. */
const itsPlace = (path: string): Record<string, string> => ({
  'import.meta.url': JSON.stringify(pathToFileURL(path).href),
  'import.meta.dirname': JSON.stringify(dirname(path)),
})

const fileByFile: Plugin = {
  name: 'file by file',
  setup(made) {
    made.onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) => {
      if (kind === 'entry-point') return undefined
      if (!path.startsWith('.')) return { path, external: true }
      return { path: /\.tsx?$/.test(path) ? compiledName(path) : resolve(resolveDir, path), external: true }
    })
    made.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8')
      for (const [asked, told] of Object.entries(itsPlace(path))) contents = contents.replaceAll(asked, told)
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
}

/** Into the folder, which must be inside the repository: packages are looked for above it. */
export async function compile(folder: string): Promise<void> {
  await build({
    entryPoints: await sources(),
    outdir: folder,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    logLevel: 'warning',
    plugins: [fileByFile],
  })
}
