/** The web half of the product alone, for walks that need neither a worker nor the demo office. */
import test, { type ExecutionContext } from 'ava'
import { startWeb } from '../../src/start-web.ts'
import { useBrowser, type Window, type WindowOptions } from '../_support/browser.ts'
import { testPassword } from '../_support/factories.ts'
import { settled, signIn } from '../_support/page-steps.ts'

type OpenWindow = (
  t: ExecutionContext,
  email: string,
  root: string,
  options?: WindowOptions,
) => Promise<Window>

/** Call once per file, on the top level, after the database; each window is one person signed in. */
export function useWebHalf(): OpenWindow {
  const starting = startWeb({ port: 0, host: '127.0.0.1' })
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= starting.then((web) => web.stop(0)))
  test.after('the server stops', stop)
  test.after.always('the server has stopped', stop)
  const browser = useBrowser()
  return async (t, email, root, options = {}) => {
    const window = await browser.open((await starting).url, options)
    t.teardown(() => window.context.close())
    await signIn(window.page, email, testPassword, root)
    await settled(window.page)
    return window
  }
}
