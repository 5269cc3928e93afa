/** Who asks the desk: the one place that knows where the guard left the answer. */
import type { Response } from 'express'
import type { Actor } from '../../policies/actor.ts'
import { principalOf } from '../current-request.ts'

/** @throws Error when the guard has not run: a route without it must not answer anybody. */
export const actorOf = (response: Response): Actor => principalOf(response).actor
