/** The programs and their tests as plain JavaScript: made once in a run, so that no process of it compiles anything. */
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { itsPlace } from '../../src/build-program.mjs'

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

const fileByFile: Plugin = {
  name: 'file by file',
  setup(made) {
    made.onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) => {
      if (kind === 'entry-point') return undefined
      if (!path.startsWith('.')) return { path, external: true }
      return { path: /\.tsx?$/.test(path) ? compiledName(path) : resolve(resolveDir, path), external: true }
    })
    made.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const contents = itsPlace(await readFile(path, 'utf8'), path)
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
