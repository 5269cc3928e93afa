/** Sets, before anything reads the environment, the secrets by which this process and the product make and read the same things. */
import { randomBytes } from 'node:crypto'

process.env['LINK_SECRET'] ??= randomBytes(24).toString('hex')
process.env['DATA_KEYS'] ??= `test:${randomBytes(32).toString('base64')}`
