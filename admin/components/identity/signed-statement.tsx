/** What a certificate has decided about a newcomer: who signed, which words, and the signature to be verified anew. */

import { fileUrl, type RecordData } from '../desk-api.ts'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'

export const SignedStatement = ({ record }: { record: RecordData }) => {
  const { t, property } = useWords()
  const { signer, signedStatement } = record.params
  if (!signer) return null
  return (
    <section className="cd-card" data-testid="signed">
      <header className="cd-card-head">
        <h2 className="cd-h3 cd-grow">{t('identity.confirm.signature')}</h2>
        <a className="cd-button cd-button-small" href={fileUrl('registration-signature', String(record.id))}>
          <Icon name="Paperclip" />
          {property('registrations', 'signatureFileId')}
        </a>
      </header>
      <dl className="cd-card-body cd-fields">
        <div>
          <dt>{property('registrations', 'signer')}</dt>
          <dd>{String(signer)}</dd>
        </div>
        <div className="cd-field-wide">
          <dt>{property('registrations', 'signedStatement')}</dt>
          <dd className="cd-lines">{String(signedStatement)}</dd>
        </div>
      </dl>
    </section>
  )
}
