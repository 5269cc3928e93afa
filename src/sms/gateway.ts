/** Hands text messages to the gateway of an operator: the port, and its one adapter, a JSON POST. */

export type OutgoingSms = Readonly<{
  /** E.164. */
  to: string
  text: string
  /** The same at every try, so that a gateway that knows such keys can tell a double. */
  key: string
}>

export type Gateway = Readonly<{
  /**
   * What the gateway calls the message, or null when it gives no name.
   * @throws SmsFault saying whether the message is certainly not sent, refused for good, or in between.
   */
  send: (message: OutgoingSms, signal?: AbortSignal) => Promise<string | null>
}>

/** As with letters: `unknown` may have been sent, and only a person may have it sent again. */
export class SmsFault extends Error {
  override readonly name = 'SmsFault'
  readonly fate: 'temporary' | 'permanent' | 'unknown'
  /** A key under `errors` of the locale files. */
  readonly code: string

  constructor(fate: SmsFault['fate'], code: string, text: string) {
    super(text)
    this.fate = fate
    this.code = code
  }
}

// Below the lease of a message (60 s).
const patienceMs = 20_000

// What fails before a byte of the message has left.
const unreached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
])

export type HttpGateway = Readonly<{ url: string; token?: string | undefined; timeoutMs?: number }>

/** `POST {"to","text","key"}`; any 2xx is acceptance, and `id` in its JSON is the name of the message. */
export function httpGateway({ url, token, timeoutMs = patienceMs }: HttpGateway): Gateway {
  return {
    async send(message, signal) {
      const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
      const answer = await fetch(url, {
        method: 'POST',
        // A redirect would carry the token and the phone to somewhere nobody named.
        redirect: 'error',
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': message.key,
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(message),
        signal: AbortSignal.any(limits),
      }).catch((error: unknown) => {
        throw faultOf(error)
      })
      const said = (await answer.text().catch(() => '')).slice(0, 300)
      if (!answer.ok) throw refusal(answer.status, said)
      return nameIn(said)
    },
  }
}

function faultOf(error: unknown): SmsFault {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined
  if (cause?.code && unreached.has(cause.code))
    return new SmsFault('temporary', 'sms.gateway-away', cause.code)
  return new SmsFault('unknown', 'sms.fate-unknown', error instanceof Error ? error.message : String(error))
}

/** What an answer says about the message; the text is the gateway's own, without the number it may repeat. */
function refusal(status: number, said: string): SmsFault {
  const text = `${status} ${said.replaceAll(/\+?\d{7,}/g, '…')}`.trim()
  if (status === 408 || status === 429 || status === 503)
    return new SmsFault('temporary', 'sms.gateway-busy', text)
  if (status === 401 || status === 403) return new SmsFault('temporary', 'sms.sign-in-refused', text)
  if (status < 500) return new SmsFault('permanent', 'sms.number-refused', text)
  // It broke while it had the message in hand.
  return new SmsFault('unknown', 'sms.fate-unknown', text)
}

function nameIn(said: string): string | null {
  try {
    const { id } = JSON.parse(said) as { id?: unknown }
    return typeof id === 'string' || typeof id === 'number' ? String(id) : null
  } catch (fault) {
    // An answer that is no JSON is still an acceptance.
    if (fault instanceof SyntaxError || fault instanceof TypeError) return null
    throw fault
  }
}
