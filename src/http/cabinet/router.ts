/** The JSON questions of the cabinet's screens: `/cabinet/desk/*`, behind the guard. */
import { Router } from 'express'
import { z } from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { qrSvg } from '../../documents/qr.ts'
import { cabinetChanges } from '../../queries/cabinet/changes.ts'
import { cabinetCounters } from '../../queries/cabinet/counters.ts'
import { cabinetHome } from '../../queries/cabinet/home.ts'
import { cabinetInvoice } from '../../queries/cabinet/invoice.ts'
import { paymentCodeOf } from '../../queries/cabinet/payment.ts'
import { cabinetPeople } from '../../queries/cabinet/people.ts'
import { cabinetPlaces } from '../../queries/cabinet/places.ts'
import { actorOf } from '../desk/actor-of.ts'
import { act, ask, noStore, read } from '../desk/answers.ts'
import { ownScreen, type ScreenParts } from '../desk/own-screen.ts'

const id = z.coerce.number().int().positive()

export function cabinetRouter(parts: ScreenParts): Router {
  const router = Router()
  router.use(noStore)
  router.use(ownScreen(parts))

  router.get(
    '/counters',
    ask((_request, response) => cabinetCounters(actorOf(response))),
  )
  router.get(
    '/home',
    ask((_request, response) => cabinetHome(actorOf(response))),
  )
  router.get(
    '/invoices/:id',
    ask((request, response) =>
      cabinetInvoice(actorOf(response), { invoiceId: read(id, request.params['id']) }),
    ),
  )
  router.get('/invoices/:id/payment.svg', async (request, response) => {
    const code = await paymentCodeOf(actorOf(response), read(id, request.params['id']))
    if (code === null) throw new DomainError('not-found')
    response.type('svg').set('X-Content-Type-Options', 'nosniff').send(qrSvg(code))
  })
  router.get(
    '/people',
    ask((_request, response) => cabinetPeople(actorOf(response))),
  )
  router.get(
    '/changes',
    ask((_request, response) => cabinetChanges(actorOf(response))),
  )
  router.get(
    '/places',
    ask(async (_request, response) => ({ places: await cabinetPlaces(actorOf(response)) })),
  )
  router.post(
    '/place',
    act(async (request, response) => {
      const { membershipId } = read(z.strictObject({ membershipId: id }), request.body)
      const places = await cabinetPlaces(actorOf(response))
      if (!places.some((place) => place.membershipId === membershipId)) throw new DomainError('not-found')
      request.session.membershipId = membershipId
    }),
  )
  return router
}
