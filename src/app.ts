/** The Express pipeline in reading order; routers arrive as arguments. */
import express, { type Express, type Router } from 'express'
import { env } from './env.ts'
import { errorHandler, notFound } from './http/errors.ts'
import { health } from './http/health.ts'
import { measure, metrics } from './http/metrics.ts'

export type AppParts = Readonly<{
  /** The staff's back office, below `/admin`. */
  admin: Router
  /** The clients' cabinet, below `/cabinet`. */
  cabinet?: Router
  /** Pages for people without an account: personal links, the check of a document's code. */
  pages?: readonly Router[]
  /** Address of the style sheet with the fonts, on this same site. */
  fontsHref?: string
}>

export function createApp({ admin, cabinet, pages = [], fontsHref }: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', env().TRUST_PROXY)
  app.set('query parser', 'simple')
  app.locals['fontsHref'] = fontsHref

  app.use(measure)
  app.use(health())
  app.get('/metrics', metrics)
  app.get('/', (_request, response) => response.redirect('/admin'))
  for (const page of pages) app.use(page)
  app.use('/admin', admin)
  if (cabinet) app.use('/cabinet', cabinet)
  app.use(notFound)
  app.use(errorHandler)
  return app
}
