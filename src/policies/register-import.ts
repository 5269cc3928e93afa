/** Who fills the register of organisations: the administrator; support may watch. */
import { RegisterImport } from '../models/register-import.ts'
import { definePolicy, roles } from './define-policy.ts'

const watchers = roles('administrator', 'support')
const inState =
  (...states: RegisterImport['state'][]) =>
  (actor: Parameters<typeof watchers>[0], made?: RegisterImport): boolean =>
    actor.role === 'administrator' && (!made || states.includes(made.state))

export const registerImportPolicy = definePolicy(RegisterImport, {
  // A register belongs to the installation, not to an office.
  scope: (actor) => (watchers(actor) || actor.role === 'system' ? {} : null),
  // Pieces of the file, and where its bytes lie.
  hidden: ['look', 'sourceFileId', 'fileId'],
  verbs: {
    list: watchers,
    show: watchers,
    upload: roles('administrator'),
    describe: inState('draft'),
    run: inState('draft'),
    cancel: inState('draft', 'queued', 'running', 'failed'),
    retry: inState('failed'),
    download: (actor, made) => watchers(actor) && (!made || made.fileId !== null),
    store: roles('system'),
  },
})
