/** The program `npm run states:diagram`: writes docs/states.md from the state machines themselves. */
import { mkdir, writeFile } from 'node:fs/promises'
import { accountingRequestStates } from '../../src/domain/states/accounting-request.ts'
import { changeRequestStates } from '../../src/domain/states/change-request.ts'
import { accountLevels } from '../../src/domain/states/account-level.ts'
import { documentStates } from '../../src/domain/states/document.ts'
import { exportStates } from '../../src/domain/states/export.ts'
import { identityLetterStates } from '../../src/domain/states/identity-letter.ts'
import { identityStates } from '../../src/domain/states/identity.ts'
import { invitationStates } from '../../src/domain/states/invitation.ts'
import { invoiceLineStates } from '../../src/domain/states/invoice-line.ts'
import { invoiceStates } from '../../src/domain/states/invoice.ts'
import { mailStates } from '../../src/domain/states/mail.ts'
import { membershipStates } from '../../src/domain/states/membership.ts'
import { orderRequestStates } from '../../src/domain/states/order-request.ts'
import { outboxMessageStates } from '../../src/domain/states/outbox-message.ts'
import { registrationStates } from '../../src/domain/states/registration.ts'
import { registerImportStates } from '../../src/domain/states/register-import.ts'
import { threadStates } from '../../src/domain/states/thread.ts'

const machines = [
  [
    'Invoice',
    'A claim for payment. A draft is thrown away by deletion; a number, once issued, stays.',
    invoiceStates,
  ],
  ['Invoice line («услуга»)', 'From the order to the act in the client’s hands.', invoiceLineStates],
  ['Accounting request', 'Ends only when a person acknowledges the answer.', accountingRequestStates],
  ['Document', 'Once ready it is never edited: published, or cancelled by a replacement.', documentStates],
  ['Export', 'A register made in the background; it expires by itself.', exportStates],
  [
    'Register import',
    'Looked at first, then read; a failed one goes on where it stopped.',
    registerImportStates,
  ],
  ['Mail', 'A letter whose fate is unknown waits for a person.', mailStates],
  ['Invitation', 'One use within sixty days; a newer letter ends the older link.', invitationStates],
  ['Registration', 'A newcomer waits until somebody decides.', registrationStates],
  [
    'Membership',
    'What a person is at an organisation: somebody decides, and it ends without being forgotten.',
    membershipStates,
  ],
  ['Account level', 'How well a person is known: by an address, by checked papers, by sight.', accountLevels],
  ['Identity', 'A person’s papers: told, checked, confirmed; told anew, checked anew.', identityStates],
  [
    'Letter with a code',
    'Ordered, printed, posted, used once; each print has a code of its own.',
    identityLetterStates,
  ],
  ['Change request', 'A head asks to change the requisites; the staff decide, once.', changeRequestStates],
  [
    'Order request',
    'A service asked for in the catalogue: an invoice, a refusal, or taken back.',
    orderRequestStates,
  ],
  ['Thread', 'Whose word it waits for; a client’s question opens a closed one again.', threadStates],
  [
    'Outbox message',
    'Claimed under a lease, finished, tried again, or left for a person.',
    outboxMessageStates,
  ],
] as const

const page = [
  '# States',
  'Written by `npm run states:diagram` from `src/domain/states`; edit those files, not this one. The catalogue test holds each table to its CHECK constraint.',
  ...machines.map(
    ([name, about, machine]) => `## ${name}\n\n${about}\n\n\`\`\`mermaid\n${machine.diagram()}\n\`\`\``,
  ),
].join('\n\n')

await mkdir('docs', { recursive: true })
await writeFile('docs/states.md', `${page}\n`)
console.log(`docs/states.md: ${machines.length} machines`)
