/** «Проверка личности»: people who told who they are, what was found about it, and how they were confirmed. */
import { DomainError } from '../../src/domain/errors.ts'
import { withPapers, type UploadedFile } from '../../src/http/kept-uploads.ts'
import { confirmationWays, Identity } from '../../src/models/identity.ts'
import type { Uploaded } from '../../src/operations/store-upload.ts'
import { confirmAtCentre } from '../../src/operations/identities/confirm-identity.ts'
import { passIdentity, refuseIdentity } from '../../src/operations/identities/decide-identity.ts'
import { recordAction } from '../actions.ts'
import { components } from '../components/index.ts'
import { defineResource } from '../define-resource.ts'

const reason = { name: 'reason', as: 'long', required: true } as const
const evidence = { name: 'evidence', as: 'file', required: true } as const

/** The file a decision stands on; a JSON body may claim anything. */
function withEvidence<T>(value: unknown, work: (file: Uploaded) => Promise<T>): Promise<T> {
  if (typeof (value as Partial<UploadedFile> | null)?.name !== 'string')
    throw new DomainError('invalid', undefined, { evidence: { code: 'bad-value' } })
  return withPapers({ evidence: value }, (kept) => work(kept.get('evidence') as Uploaded))
}

export const identities = defineResource(Identity, {
  id: 'identities',
  navigation: { group: 'clients', icon: 'Shield' },
  title: 'surname',
  names: ['surname', 'name', 'patronymic'],
  long: ['decisionReason', 'confirmationReason'],
  choices: {
    country: ['RU', 'KZ', 'BY'],
    answerOutcome: ['matches', 'differs', 'unavailable'],
    confirmedWay: [...confirmationWays],
  },
  tones: {
    state: {
      all: { waiting: 'yours', checked: 'done', confirmed: 'done', refused: 'fail', withdrawn: 'closed' },
      support: { waiting: 'theirs' },
    },
  },
  list: [
    { property: 'surname', card: 'title' },
    'name',
    'patronymic',
    'country',
    { property: 'submittedAt', card: 'sub' },
    { property: 'state', card: 'state' },
    { property: 'decidedAt', optional: true },
    { property: 'confirmedWay', optional: true },
    { property: 'confirmedAt', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'waiting', filters: { state: 'waiting' } },
    { key: 'checked', filters: { state: 'checked' } },
    { key: 'confirmed', filters: { state: 'confirmed' } },
    { key: 'refused', filters: { state: 'refused' } },
  ],
  filters: ['state', 'country', 'submittedAt', 'decidedAt'],
  text: 'surname',
  show: {
    component: components.IdentityCard,
    state: 'state',
    sections: [
      {
        key: 'check',
        fields: ['submittedAt', 'answerOutcome', 'answeredAt', 'decidedAt', 'decisionReason', 'toldReason'],
      },
      { key: 'confirmation', fields: ['confirmedWay', 'confirmedAt', 'confirmationReason'] },
    ],
    steps: ['pass', 'refuse', 'confirmAtCentre'],
  },
  actions: [
    recordAction(
      { name: 'pass', icon: 'Check', confirm: true, fields: [reason, evidence] },
      async (request, identityId, payload) => {
        await withEvidence(payload['evidence'], (file) =>
          passIdentity(request, { identityId, reason: String(payload['reason']), evidence: file }),
        )
      },
    ),
    recordAction(
      { name: 'refuse', icon: 'XCircle', tone: 'danger', confirm: true, fields: [reason] },
      async (request, identityId, payload) => {
        await refuseIdentity(request, { identityId, reason: String(payload['reason']) })
      },
    ),
    recordAction(
      { name: 'confirmAtCentre', icon: 'UserCheck', confirm: true, fields: [reason, evidence] },
      async (request, identityId, payload) => {
        await withEvidence(payload['evidence'], (file) =>
          confirmAtCentre(request, { identityId, reason: String(payload['reason']), evidence: file }),
        )
      },
    ),
  ],
})
