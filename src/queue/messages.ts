/** Every background message: its payload and how it is tried, leased and recovered. */
import { z } from 'zod'
import { accountingBackOff, briefBackOff, mailBackOff, type BackOff } from '../domain/back-off.ts'

/**
 * How a topic is worked on. `onCrash` answers a worker that died in the middle: `retry` does the work again,
 * `uncertain` leaves the message to a person, because its effect outside may already have happened.
 */
export type Policy = Readonly<{
  backOff: BackOff
  leaseSeconds: number
  batchSize: number
  onCrash: 'retry' | 'uncertain'
}>

const id = z.int().positive()

/** Topic → payload and policy. A payload carries ids only; the handler reads the rows when it runs. */
export const messages = {
  'account.recover': {
    // 0: nobody here has the address. The row is written all the same, so that the answer takes as long.
    payload: z.object({ userId: z.int().nonnegative() }),
    backOff: briefBackOff(8),
    leaseSeconds: 60,
    batchSize: 10,
    onCrash: 'retry',
  },
  'accounting.send': {
    payload: z.object({ requestId: id }),
    backOff: accountingBackOff,
    leaseSeconds: 120,
    batchSize: 5,
    onCrash: 'retry',
  },
  'document.generate': {
    payload: z.object({ documentId: id }),
    backOff: briefBackOff(5),
    leaseSeconds: 120,
    batchSize: 100,
    onCrash: 'retry',
  },
  'identity.check': {
    // The version: papers told anew are another question.
    payload: z.object({ identityId: id, version: z.int().nonnegative() }),
    backOff: briefBackOff(8),
    leaseSeconds: 60,
    batchSize: 5,
    onCrash: 'retry',
  },
  'mail.send': {
    payload: z.object({ mailId: id }),
    backOff: mailBackOff,
    leaseSeconds: 120,
    batchSize: 10,
    onCrash: 'uncertain',
  },
  'export.run': {
    payload: z.object({ exportId: id }),
    backOff: briefBackOff(3),
    leaseSeconds: 60,
    batchSize: 1,
    onCrash: 'retry',
  },
  'sms.send': {
    payload: z.object({ smsId: id }),
    backOff: mailBackOff,
    leaseSeconds: 60,
    batchSize: 10,
    onCrash: 'uncertain',
  },
  'batch.closed': {
    payload: z.object({ batchId: id }),
    backOff: briefBackOff(10),
    leaseSeconds: 60,
    batchSize: 10,
    onCrash: 'retry',
  },
  'notification.deliver': {
    payload: z.object({ notificationId: id }),
    backOff: briefBackOff(10),
    leaseSeconds: 60,
    batchSize: 50,
    onCrash: 'retry',
  },
  'register.import': {
    payload: z.object({ importId: id }),
    backOff: briefBackOff(5),
    leaseSeconds: 60,
    batchSize: 1,
    onCrash: 'retry',
  },
  'job.run': {
    payload: z.object({ job: z.string().min(1) }),
    backOff: briefBackOff(1),
    leaseSeconds: 60,
    batchSize: 1,
    onCrash: 'retry',
  },
} as const satisfies Record<string, Policy & { payload: z.ZodType }>

export type Topic = keyof typeof messages
export type Payload<T extends Topic> = z.infer<(typeof messages)[T]['payload']>

/** All topics in the order of the table. */
export const topics = Object.keys(messages) as Topic[]
