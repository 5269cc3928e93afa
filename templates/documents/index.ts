/** Owns the catalogue of printed documents. */
import { actDocument } from './act/document.ts'
import { invoiceDocument } from './invoice/document.ts'
import { licenceDocument } from './licence/document.ts'

export const documents = [actDocument, invoiceDocument, licenceDocument] as const

export type DocumentKind = 'act' | 'invoice' | 'licence'
