/** Which lines a document covers is read with the document; nobody lists it by itself. */
import { DocumentLine } from '../models/document-line.ts'
import { definePolicy } from './define-policy.ts'

export const documentLinePolicy = definePolicy(DocumentLine, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  verbs: {},
})
