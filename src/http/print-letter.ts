/** The paper of a letter with a code, made when it is asked for and kept nowhere: the code stands on it alone. */
import { Router } from 'express'
import { z } from 'zod'
import type { IdentityLetterData } from '../../templates/documents/identity-letter/document.ts'
import type { DocumentDefinition } from '../documents/define-document.ts'
import { printOnce } from '../documents/print-once.ts'
import { printIdentityLetter } from '../operations/identities/identity-letters.ts'
import { contextOf, read } from './desk/answers.ts'

const id = z.coerce.number().int().positive()

/** POST /:id, mounted behind the guard at `/admin/letters`: a new code each time. */
export function printLetter(document: DocumentDefinition<IdentityLetterData>): Router {
  const router = Router()
  router.post('/:id', async (request, response) => {
    const letter = await printIdentityLetter(contextOf(response), {
      letterId: read(id, request.params['id']),
    })
    const paper = await printOnce(document, letter)
    response
      .set({
        'Content-Type': 'application/pdf',
        'Content-Disposition': `inline; filename="letter-${letter.number}.pdf"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      })
      .send(paper)
  })
  return router
}
