/** Catalogue: every scheduled job of the worker. */
import type { ScheduledJob } from '../src/queue/schedule.ts'
import { retention } from './retention.ts'
import { sweepOutbox } from './sweep-outbox.ts'

export const jobs: ScheduledJob[] = [sweepOutbox, retention]
