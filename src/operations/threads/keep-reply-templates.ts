/** Keeping the prepared answers of an office: a place nobody could fill is refused at once. */
import { DomainError } from '../../domain/errors.ts'
import { unknownPlaces } from '../../domain/reply-template.ts'
import { ReplyTemplate } from '../../models/reply-template.ts'
import { keepRecords } from '../keep-record.ts'

export const replyTemplateKeeping = keepRecords('reply-template', ReplyTemplate, (template) => {
  const [unknown] = unknownPlaces(template.body)
  if (unknown !== undefined)
    throw new DomainError('invalid', {}, { body: { code: 'template-place', params: { place: unknown } } })
})
