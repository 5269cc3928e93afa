/** How tests start programs of this repository. */
import { join } from 'node:path'
import { compiledName } from './compile.ts'

/** What node is given to run a source file: as this run compiled it, or as it stands when nothing was compiled. */
export function programOf(path: string): string[] {
  const compiled = process.env['COMPILED_DIR']
  return compiled ? [join(compiled, compiledName(path))] : ['--import=tsx', path]
}
