/** Every background message: its payload and how it is tried, leased and recovered. */
import { z } from 'zod'

/**
 * How a topic is worked on. `onCrash` answers a worker that died in the middle: `retry` does the work again,
 * `uncertain` leaves the message to a person, because its effect outside may already have happened.
 * `backOff` is in seconds: the n-th failure waits `first * factor^(n-1)`, at most `max`, with 20 % of jitter.
 */
export type Policy = Readonly<{
  maxAttempts: number
  backOff: Readonly<{ first: number; factor: number; max: number }>
  leaseSeconds: number
  batchSize: number
  onCrash: 'retry' | 'uncertain'
}>

const id = z.int().positive()

const quick = { first: 1, factor: 3, max: 600 } as const
// Survives a mail server or an accounting office that is away for several hours: 15 tries reach about 9 hours.
const patient = { first: 15, factor: 2, max: 3600 } as const

/** Topic → payload and policy. A payload carries ids only; the handler reads the rows when it runs. */
export const messages = {
  'accounting.send': {
    payload: z.object({ requestId: id }),
    maxAttempts: 15,
    backOff: patient,
    leaseSeconds: 120,
    batchSize: 5,
    onCrash: 'retry',
  },
  'document.generate': {
    payload: z.object({ documentId: id }),
    maxAttempts: 5,
    backOff: quick,
    leaseSeconds: 120,
    batchSize: 100,
    onCrash: 'retry',
  },
  'mail.send': {
    payload: z.object({ mailId: id }),
    maxAttempts: 15,
    backOff: patient,
    leaseSeconds: 120,
    batchSize: 10,
    onCrash: 'uncertain',
  },
  'export.run': {
    payload: z.object({ exportId: id }),
    maxAttempts: 3,
    backOff: quick,
    leaseSeconds: 60,
    batchSize: 1,
    onCrash: 'retry',
  },
  'job.run': {
    payload: z.object({ job: z.string().min(1) }),
    maxAttempts: 1,
    backOff: quick,
    leaseSeconds: 60,
    batchSize: 1,
    onCrash: 'retry',
  },
} as const satisfies Record<string, Policy & { payload: z.ZodType }>

export type Topic = keyof typeof messages
export type Payload<T extends Topic> = z.infer<(typeof messages)[T]['payload']>

/** All topics in the order of the table. */
export const topics = Object.keys(messages) as Topic[]

/** Seconds to wait after failure number `attempt` (1 is the first), jittered by the given random number 0…1. */
export function backOffSeconds(policy: Policy, attempt: number, random = Math.random()): number {
  const { first, factor, max } = policy.backOff
  return Math.min(max, first * factor ** (attempt - 1)) * (0.8 + random * 0.4)
}
