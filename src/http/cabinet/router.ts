/** The JSON questions of the cabinet's screens: `/cabinet/desk/*`, behind the guard. */
import { Router } from 'express'
import { cabinetCounters } from '../../queries/cabinet/counters.ts'
import { actorOf } from '../desk/actor-of.ts'
import { ask, noStore } from '../desk/answers.ts'
import { ownScreen, type ScreenParts } from '../desk/own-screen.ts'

export function cabinetRouter(parts: ScreenParts): Router {
  const router = Router()
  router.use(noStore)
  router.use(ownScreen(parts))

  router.get(
    '/counters',
    ask((_request, response) => cabinetCounters(actorOf(response))),
  )
  return router
}
