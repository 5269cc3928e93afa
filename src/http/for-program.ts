/** Tells what a script asked for from what a person opened or sent: the one is answered in JSON, the other is led to a page. */
import type { Request } from 'express'

/** Of a door's own routes. A form says that it takes a page; a script takes whatever comes. */
export const isForProgram = (request: Request): boolean =>
  /^\/(api|desk)\//.test(request.path) ||
  (request.method !== 'GET' && request.accepts(['json', 'html']) !== 'html')
