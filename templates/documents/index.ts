/** Owns the catalogue of printed documents. */
import type { DocumentDefinition } from '../../src/documents/define-document.ts'
import { actDocument } from './act/document.ts'
import { identityLetterDocument } from './identity-letter/document.ts'
import { invoiceDocument } from './invoice/document.ts'
import { licenceDocument } from './licence/document.ts'

/** Every kind; data is checked by the document itself, so a caller may hand over what it read from the database. */
export const documents: ReadonlyArray<DocumentDefinition<unknown>> = [
  actDocument,
  identityLetterDocument,
  invoiceDocument,
  licenceDocument,
]

export type DocumentKind = 'act' | 'invoice' | 'licence'
