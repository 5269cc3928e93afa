/** What tests need on the machine and make once: the browser, unpacked from its package. */
import { access, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const fileExists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const browserVersion = async (): Promise<string> => {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const packageFile = join(entry.slice(0, entry.lastIndexOf('chromium') + 'chromium'.length), 'package.json')
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string }
  return version
}

/** The browser of the tests: CHROMIUM_PATH, or the packaged one, unpacked into `var/browser-<version>` on first use. */
export const browserPath = async (): Promise<string> => {
  const given = process.env['CHROMIUM_PATH']
  if (given) return given
  const folder = join(process.cwd(), 'var', `browser-${await browserVersion()}`)
  const program = join(folder, 'chromium')
  if (await fileExists(program)) return program
  const { default: chromium } = await import('@sparticuz/chromium')
  const draft = `${folder}.${process.pid}`
  await mkdir(draft, { recursive: true })
  const usual = process.env['TMPDIR']
  // The package unpacks to the temporary folder and nowhere else; ours makes the result whole or absent.
  process.env['TMPDIR'] = draft
  try {
    await chromium.executablePath()
    await rename(draft, folder)
  } catch (fault) {
    await rm(draft, { recursive: true, force: true })
    // Another process may have been quicker.
    if (!(await fileExists(program))) throw fault
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
  return program
}

/** Whether any test drives a browser; unpacking one takes seconds and 200 MB. */
export const hasBrowserTests = async (): Promise<boolean> => {
  const entries = await readdir('test', { recursive: true, withFileTypes: true })
  const sources = entries.filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'prepare.ts',
  )
  for (const source of sources) {
    const text = await readFile(join(source.parentPath, source.name), 'utf8')
    if (text.includes('playwright-core')) return true
  }
  return false
}
