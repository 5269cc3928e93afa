/** A connection to PostgreSQL whose loss is heard from its first moment: unheard, it would end the process. */
import { Client, type ClientConfig } from 'pg'
import { log } from '../log.ts'

/**
 * pg tells of a lost connection by an `error` event, and Node ends a process that has no listener for one. Pools
 * listen only once they hold the connection; a server killed in the same moment speaks to nobody. Whoever waits for
 * an answer on the connection is told by its own error besides.
 */
export class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config)
    this.on('error', (fault) => log.warn({ err: fault }, 'a database connection was lost'))
  }
}
