/** The script of the sign-in pages: shows the button for passkeys where there are any, and offers them in the field for the address. */

import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
} from '@simplewebauthn/browser'

type Options = Parameters<typeof startAuthentication>[0]['optionsJSON']

const button = document.querySelector<HTMLButtonElement>('#passkey')
const fault = document.querySelector<HTMLElement>('#passkey-fault')
const said = fault?.querySelector('span')
const root = button?.dataset['root'] ?? ''

async function post<T>(path: string, payload: unknown = {}): Promise<{ status: number; body: T }> {
  const answer = await fetch(root + path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(payload),
  })
  return { status: answer.status, body: (await answer.json()) as T }
}

/** The device was asked and the person answered; only what went wrong after that is told. */
async function signIn(useBrowserAutofill: boolean): Promise<void> {
  const { body: optionsJSON } = await post<Options>('/passkey/options')
  const signed = await startAuthentication({ optionsJSON, useBrowserAutofill })
  const { status, body } = await post<{ redirectUrl?: string; error?: string }>('/passkey/sign-in', signed)
  if (status === 200 && body.redirectUrl) location.replace(body.redirectUrl)
  else show(body.error === 'key-unknown' ? 'unknown' : 'failed')
}

function show(what: 'failed' | 'unknown'): void {
  if (!fault || !said) return
  said.textContent = said.dataset[what] ?? ''
  fault.hidden = false
}

const isChangeOfMind = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')

async function offer(): Promise<void> {
  if (!button || !browserSupportsWebAuthn()) return
  button.hidden = false
  button.addEventListener('click', () => {
    if (fault) fault.hidden = true
    signIn(false).catch((error: unknown) => isChangeOfMind(error) || show('failed'))
  })
  const hasField = document.querySelector('input[autocomplete~="webauthn"]') !== null
  if (hasField && (await browserSupportsWebAuthnAutofill()))
    signIn(true).catch((error: unknown) => isChangeOfMind(error) || show('failed'))
}

void offer()
