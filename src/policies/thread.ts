/** Who may read, answer and arrange the threads between clients and the office. */
import { Thread } from '../models/thread.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const answerers = roles('administrator', 'operator', 'accountant')
const members = roles('head', 'employee', 'applicant')

/** The `reader_key` of what the office wrote to a whole organisation. */
const everybody = 0

export const threadPolicy = definePolicy(Thread, {
  scope: ownOffice,
  hidden: ['readerKey'],
  verbs: {
    list: readers,
    show: readers,
    open: answerers,
    reply: answerers,
    assign: answerers,
    close: (actor, thread) => answerers(actor) && (!thread || thread.state !== 'closed'),
    reopen: (actor, thread) => answerers(actor) && (!thread || thread.state === 'closed'),
  },
  client: {
    // A head reads all of the organisation; others what they began, employees also what was written to everybody.
    scope: ({ role, id, officeId, organisationId }) => {
      if (id === null || officeId === null) return null
      if (role === 'head') return organisationId === null ? null : { officeId, organisationId }
      return { officeId, organisationId, readerKey: role === 'employee' ? [everybody, id] : [id] }
    },
    columns: [
      'id',
      'officeId',
      'organisationId',
      'subjectKind',
      'subjectId',
      'title',
      'state',
      'lastMessageAt',
    ],
    verbs: { list: members, show: members, open: members, reply: members },
  },
})
