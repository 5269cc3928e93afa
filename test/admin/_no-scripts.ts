/** What the web half is started with where no browser runs: the screens themselves are walked by the browser tests. */
import type { Assets } from '../../admin/bundle.ts'

export const noScripts: Assets = {
  folder: '/nowhere',
  scripts: ['/admin/assets/app.js'],
  styles: [],
  fontsHref: '/admin/assets/fonts.css',
  passkeyHref: '/admin/assets/passkey.js',
  preload: [],
}
