/** Who may ask for a spreadsheet and fetch it: its author, and the administrator. */
import { Export } from '../models/export.ts'
import { definePolicy, roles } from './define-policy.ts'

const askers = roles('administrator', 'operator', 'accountant', 'support')
const authors = (actor: { id: number | null; role: string }, made?: Export): boolean =>
  !made || actor.role === 'administrator' || made.createdBy === actor.id

export const exportPolicy = definePolicy(Export, {
  // A spreadsheet holds what its author may see, so it belongs to the author and not to the office.
  scope: (actor) => {
    if (actor.role === 'system' || actor.role === 'administrator') return {}
    return actor.kind === 'user' && actor.id !== null ? { createdBy: actor.id } : null
  },
  // The question as SQL: for the worker, not for a reader.
  hidden: ['params'],
  verbs: {
    list: askers,
    show: askers,
    exportRegister: roles('administrator', 'operator', 'accountant', 'support', 'system'),
    download: (actor, made) => askers(actor) && authors(actor, made) && (!made || made.state === 'ready'),
    cancel: (actor, made) =>
      askers(actor) && authors(actor, made) && (!made || made.state === 'queued' || made.state === 'running'),
    retry: (actor, made) => askers(actor) && authors(actor, made) && (!made || made.state === 'failed'),
  },
})
