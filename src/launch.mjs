/** `node src/launch.mjs src/web.ts …`: runs a program of this repository, which is TypeScript, as what was built of it. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildProgram } from './build-program.mjs'

const [node = 'node', , source, ...given] = process.argv
if (!source) throw new Error('which program? node src/launch.mjs src/main.ts')
// A program finds itself first and what it was given after, as if it had been run by its own name.
process.argv = [node, resolve(source), ...given]
process.setSourceMapsEnabled(true)

// A folder with its parents, on a file system that is only read, is said not to exist.
const readOnly = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT'])

const program = await buildProgram(source).catch(async (/** @type {NodeJS.ErrnoException} */ fault) => {
  if (!readOnly.has(fault.code ?? '')) throw fault
  // Nothing can be kept here: it is read as it stands, at each start anew.
  const { register } = await import('tsx/esm/api')
  register()
  return resolve(source)
})
await import(pathToFileURL(program).href)
