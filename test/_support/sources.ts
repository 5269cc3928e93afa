/** Our own source files with their texts and imports, for the tests that read the house rather than run it. */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Import = Readonly<{
  /** Path of ours from the root of the project, or the name of a package. */
  to: string
  isOurs: boolean
  /** Erased before the program runs: free of every rule of direction. */
  isTypeOnly: boolean
}>

export type Source = Readonly<{ path: string; text: string; imports: readonly Import[] }>

const STATEMENT = /^(?:import|export)\s+(?<clause>[^'";]*?\s*from\s+)?'(?<to>[^']+)'/gm
const DYNAMIC = /\bimport\('(?<to>[^']+)'\)/g

const isTypeOnly = (clause: string): boolean => {
  if (/^type\s/.test(clause)) return true
  const named = /^\{(?<names>[^}]*)\}\s*from/.exec(clause)?.groups?.['names']
  const names = named?.split(',').map((name) => name.trim()) ?? []
  return named !== undefined && names.every((name) => name === '' || name.startsWith('type '))
}

const importsOf = (path: string, text: string): Import[] => {
  const found = [...text.matchAll(STATEMENT), ...text.matchAll(DYNAMIC)]
  return found.map(({ groups }) => {
    const to = groups?.['to'] ?? ''
    const isOurs = to.startsWith('.')
    return {
      to: isOurs ? join(dirname(path), to) : to,
      isOurs,
      isTypeOnly: isTypeOnly(groups?.['clause'] ?? ''),
    }
  })
}

const roots = ['src', 'admin', 'jobs', 'templates', 'seeders', 'bench', 'test']

/** Every .ts and .tsx file of the project, in a stable order. */
export const readSources = (): Source[] =>
  roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .toSorted()
      .map((name) => {
        const path = join(root, name)
        const text = readFileSync(path, 'utf8')
        return { path, text, imports: importsOf(path, text) }
      }),
  )
