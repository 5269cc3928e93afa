/** Message `sms.send`: one text message to the gateway. What may have been sent is never sent again by itself. */
import { atomic } from '../../src/db/atomic.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { smsSegments } from '../../src/domain/sms-text.ts'
import { env } from '../../src/env.ts'
import { log } from '../../src/log.ts'
import { Sms } from '../../src/models/sms.ts'
import { acceptSms, beginSms, endSms } from '../../src/operations/sms/deliver-sms.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { PermanentFailure } from '../../src/queue/failure.ts'
import { defineHandler, type Handler } from '../../src/queue/handlers.ts'
import { httpGateway, SmsFault, type Gateway } from '../../src/sms/gateway.ts'
import { texts } from '../../templates/sms/index.ts'

const context = () => systemContext('sms.send')

const configuredGateway = (): Gateway | null => {
  const { SMS_URL: url, SMS_TOKEN: token } = env()
  return url === undefined ? null : httpGateway({ url, token })
}

/** The handler with a gateway of its own: tests name theirs, the worker takes the configured one. */
export function smsHandler(gatewayOf: () => Gateway | null = configuredGateway): Handler {
  return defineHandler('sms.send', {
    concurrency: 2,
    async run({ payload, attempts, maxAttempts }, { signal, finish }) {
      const { smsId } = payload
      const gateway = gatewayOf()
      if (!gateway) throw new PermanentFailure('sms.not-configured')
      const wish = await Sms.findByPk(smsId, { rejectOnEmpty: true })
      const definition = texts.find(({ kind }) => kind === wish.kind)
      if (!definition) throw new PermanentFailure('sms.unknown-kind')
      const text = await definition.compose(wish.params, wish.language)
      if (text === null) throw new PermanentFailure('sms.not-needed')
      const sms = await beginSms(context(), { smsId, segments: smsSegments(text) })
      if (!sms?.phone) return
      try {
        const gatewayId = await gateway.send({ to: sms.phone, text, key: `sms-${sms.id}` }, signal)
        await atomic(async () => {
          await acceptSms(context(), { smsId, gatewayId })
          await finish()
        })
      } catch (error) {
        const fault = error instanceof SmsFault ? error : null
        // Anything else happened after the gateway had the message: the lease runs out and a person decides.
        if (!fault) throw error
        log.warn({ smsId, fate: fault.fate, code: fault.code }, 'the text message was not accepted')
        const failure = { smsId, failureCode: fault.code, failureText: fault.message }
        if (fault.fate === 'unknown') {
          await atomic(async () => {
            await endSms(context(), { ...failure, event: 'doubt' })
            await finish()
          })
          return
        }
        if (fault.fate === 'permanent' || attempts >= maxAttempts)
          throw new PermanentFailure(fault.code, fault.message)
        await endSms(context(), { ...failure, event: 'postpone' })
        throw new DomainError(fault.code)
      }
    },
    onDead: ({ payload }, failure) =>
      endSms(context(), { ...payload, event: 'fail', failureCode: failure.code, failureText: failure.text }),
    onUncertain: ({ payload }) =>
      endSms(context(), { ...payload, event: 'doubt', failureCode: 'sms.fate-unknown', failureText: null }),
  })
}

export const smsSend = smsHandler()
