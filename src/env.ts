/** The environment of the process: read, checked and named here and nowhere else. */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const SECRETS = ['SESSION_SECRET', 'LINK_SECRET'] as const
type Secrets = Record<(typeof SECRETS)[number], string>

const urlWith = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be an address beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))

const timezone = z.string().refine(
  (value) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }))
    } catch (fault) {
      if (fault instanceof RangeError) return false
      throw fault
    }
  },
  { error: 'must be a time zone such as Europe/Moscow' },
)

/** A key that seals data at rest, and the name sealed values call it by. */
export type DataKey = Readonly<{ id: string; key: Buffer }>

const toDataKey = (text: string): DataKey => {
  const [, id = '', key = ''] = /^([a-z0-9-]{1,32}):(.*)$/i.exec(text.trim()) ?? []
  return { id, key: Buffer.from(key, 'base64') }
}

/** `id:base64,id:base64`: the first seals, all of them open. */
const dataKeys = z
  .string()
  .transform((text) => text.split(',').map(toDataKey))
  .refine((ring) => ring.every(({ id, key }) => id !== '' && key.length === 32), {
    error: 'must be id:key,id:key, each key 32 bytes in base64',
  })
  .refine((ring) => new Set(ring.map(({ id }) => id)).size === ring.length, {
    error: 'must not name two keys alike',
  })

/** `RU,KZ`: countries by their codes. */
const countryList = z
  .string()
  .transform((value) => value.split(',').map((code) => code.trim()))
  .pipe(z.array(z.enum(['RU', 'KZ', 'BY'], 'must name countries among RU, KZ and BY')))

/** false, a number of proxies, or a list of proxy addresses: what Express calls "trust proxy". */
const trustProxy = z
  .string()
  .refine((value) => value !== 'true', {
    error: 'must name how many proxies, or which, to trust; "true" trusts anybody',
  })
  .transform((value): false | number | string => {
    if (value === 'false') return false
    return /^\d+$/.test(value) ? Number(value) : value
  })

const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: urlWith('postgres:', 'postgresql:').optional(),
  DATABASE_POOL: wholeNumber(2, 200).default(10),
  JOBS_URL: urlWith('mongodb:', 'mongodb+srv:').optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: urlWith('http:', 'https:').optional(),
  TRUST_PROXY: trustProxy.default(false),
  SMTP_URL: urlWith('smtp:', 'smtps:').optional(),
  SMS_URL: urlWith('http:', 'https:').optional(),
  SMS_TOKEN: z.string().min(1).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, 'must be an address such as Certdesk <office@example.org>')
    .default('Certdesk <office@certdesk.example>'),
  BOUNCE_DIR: z
    .string()
    .min(1)
    .transform((path) => resolve(path))
    .optional(),
  DATA_DIR: z
    .string()
    .min(1)
    .default('var')
    .transform((path) => resolve(path)),
  STORAGE_DIR: z
    .string()
    .min(1)
    .transform((path) => resolve(path))
    .optional(),
  SESSION_SECRET: z.string().min(32, 'must be at least 32 characters long').optional(),
  LINK_SECRET: z.string().min(32, 'must be at least 32 characters long').optional(),
  DATA_KEYS: dataKeys.optional(),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters long').optional(),
  REGISTER_URL: urlWith('http:', 'https:').optional(),
  REGISTER_TOKEN: z.string().min(8, 'must be at least 8 characters long').optional(),
  REGISTER_COUNTRIES: countryList.default(['RU']),
  TIMEZONE: timezone.default('Europe/Moscow'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  RENDERERS: wholeNumber(1, 64).optional(),
})

/** Everything the process may know about where it runs. Paths are absolute, addresses have no trailing slash. */
export type Env = Readonly<
  Omit<
    z.output<typeof settings>,
    'STORAGE_DIR' | 'SESSION_SECRET' | 'LINK_SECRET' | 'DATA_KEYS' | 'LOG_LEVEL' | 'RENDERERS' | 'PUBLIC_URL'
  > &
    Secrets & {
      DATA_KEYS: readonly DataKey[]
      STORAGE_DIR: string
      LOG_LEVEL: NonNullable<z.output<typeof settings>['LOG_LEVEL']>
      RENDERERS: number
      PUBLIC_URL: string
    }
>

/** Thrown when the environment cannot be used; the message lists every fault, one per line. */
export class EnvironmentError extends Error {
  constructor(faults: string[]) {
    super(
      `The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.join('\n')}`,
    )
    this.name = 'EnvironmentError'
    // The reader is a person installing the product: the list is the whole story, a stack would bury it.
    this.stack = this.message
  }
}

/** What a file in the data folder holds; nothing when there is none. */
const readKept = <T extends object>(file: string): Partial<T> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<T>
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw fault
  }
}

/** Reads a file of secrets, making it with what `make` gives when there is none. */
const keepOnce = <T extends object>(file: string, make: () => T): T => {
  const kept = readKept<T>(file)
  if (Object.keys(kept).length > 0) return kept as T
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(make(), null, 2), { mode: 0o600 })
  try {
    // A link refuses to replace: of several processes starting together one decides and the rest read its file.
    linkSync(draft, file)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
  } finally {
    rmSync(draft)
  }
  return readKept<T>(file) as T
}

const secretsFile = (dataDir: string) => join(dataDir, 'secrets.json')
// A file of its own: secrets may be changed at will, but what is sealed is lost with its key.
const dataKeysFile = (dataDir: string) => join(dataDir, 'data-keys.json')

type KeptKeys = { DATA_KEYS: string }

/** The secrets of an installation nobody configured: made on its first start and kept beside its data. */
const ownSecrets = (dataDir: string): Secrets =>
  keepOnce(secretsFile(dataDir), () => {
    const made = SECRETS.map((name) => [name, randomBytes(32).toString('base64url')])
    return Object.fromEntries(made) as Secrets
  })

const ownDataKeys = (dataDir: string): DataKey[] => {
  const make = (): KeptKeys => ({ DATA_KEYS: `trial:${randomBytes(32).toString('base64')}` })
  return dataKeys.parse(keepOnce(dataKeysFile(dataDir), make).DATA_KEYS)
}

const productionFaults = (given: z.output<typeof settings>): string[] => {
  const faults: string[] = []
  for (const name of ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', ...SECRETS, 'DATA_KEYS'] as const) {
    if (!given[name]) faults.push(`${name}: is required in production`)
  }
  const known = readKept<Secrets>(secretsFile(given.DATA_DIR))
  for (const name of SECRETS) {
    const secret = given[name]
    if (!secret) continue
    if (Object.values(known).includes(secret))
      faults.push(`${name}: is the development secret of this folder`)
    else if (new Set(secret).size < 12) faults.push(`${name}: is too regular to be a secret`)
  }
  if (given.SESSION_SECRET && given.SESSION_SECRET === given.LINK_SECRET) {
    faults.push('LINK_SECRET: must differ from SESSION_SECRET')
  }
  return [...faults, ...dataKeyFaults(given)]
}

const dataKeyFaults = ({ DATA_KEYS: ring = [], DATA_DIR }: z.output<typeof settings>): string[] => {
  const { DATA_KEYS: trial } = readKept<KeptKeys>(dataKeysFile(DATA_DIR))
  const own = trial === undefined ? [] : dataKeys.parse(trial)
  return ring.flatMap(({ id, key }) => {
    if (own.some((known) => known.key.equals(key)))
      return [`DATA_KEYS: «${id}» is the development key of this folder`]
    return new Set(key).size < 12 ? [`DATA_KEYS: «${id}» is too regular to be a key`] : []
  })
}

const givenSecrets = (given: { [name in keyof Secrets]?: string | undefined }): Partial<Secrets> =>
  Object.fromEntries(SECRETS.flatMap((name) => (given[name] ? [[name, given[name]]] : [])))

/**
 * Checks a set of variables. An empty value counts as absent.
 * Outside production, missing secrets are taken from (or written to) files in `DATA_DIR`, mode 600.
 * Throws {@link EnvironmentError} with all faults at once.
 */
export const loadEnv = (source: NodeJS.ProcessEnv = process.env): Env => {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(filled)
  if (!parsed.success) {
    throw new EnvironmentError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    )
  }
  const given = parsed.data
  const faults = [
    ...((given.REGISTER_URL === undefined) === (given.REGISTER_TOKEN === undefined)
      ? []
      : ['REGISTER_TOKEN: goes together with REGISTER_URL, both or neither']),
    ...(given.NODE_ENV === 'production' ? productionFaults(given) : []),
  ]
  if (faults.length > 0) throw new EnvironmentError(faults)
  const complete = SECRETS.every((name) => given[name])
  const secrets = { ...(complete ? {} : ownSecrets(given.DATA_DIR)), ...givenSecrets(given) } as Secrets
  return {
    ...given,
    ...secrets,
    DATA_KEYS: given.DATA_KEYS ?? ownDataKeys(given.DATA_DIR),
    STORAGE_DIR: given.STORAGE_DIR ?? join(given.DATA_DIR, 'storage'),
    LOG_LEVEL: given.LOG_LEVEL ?? (given.NODE_ENV === 'test' ? 'silent' : 'info'),
    RENDERERS: given.RENDERERS ?? Math.min(8, availableParallelism()),
    PUBLIC_URL: (given.PUBLIC_URL ?? `http://localhost:${given.PORT}`).replace(/\/+$/, ''),
  }
}

let cached: Env | undefined

/** The environment of this process, checked once. */
export const env = (): Env => (cached ??= loadEnv())

/** The web port turned out to be another than asked for; addresses in letters follow it unless one was given. */
export const moveToPort = (port: number): void => {
  const before = env()
  const isOwnAddress = before.PUBLIC_URL === `http://localhost:${before.PORT}`
  cached = { ...before, PORT: port, ...(isOwnAddress && { PUBLIC_URL: `http://localhost:${port}` }) }
}
