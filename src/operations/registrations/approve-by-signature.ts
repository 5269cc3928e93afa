/** The certificate of an organisation decides about its newcomer (S2-02): signed by the same person, for the same number. */
import { DomainError } from '../../domain/errors.ts'
import { Registration } from '../../models/registration.ts'
import { systemActor } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { demandSamePerson, type Signed } from '../identities/signed.ts'
import { operation } from '../operation.ts'
import { storeUpload } from '../store-upload.ts'
import { approved } from './decide-registration.ts'

/** @throws DomainError `signature.other-person`, `signature.other-organisation`, `signature.other-document` */
export const approveBySignature = operation(
  'registration.approve-by-signature',
  async ({ actor, now }, { id, version, text, signer, source, evidence }: Signed): Promise<Registration> => {
    const registration = await Registration.findByPk(id, { lock: true })
    if (!registration) throw new DomainError('not-found')
    authorise(actor, 'sign', registration)
    if (registration.version !== version) throw new DomainError('signature.other-document')
    demandSamePerson(signer, registration)
    const isPerson = registration.subject === 'person'
    if ((isPerson ? signer.taxId : signer.organisationTaxId) !== registration.taxId)
      throw new DomainError(isPerson ? 'signature.other-person' : 'signature.other-organisation')
    noteReason(`${source}: ${signer.name}, ${signer.validFrom.slice(0, 10)} – ${signer.validTo.slice(0, 10)}`)
    const place = { officeId: registration.officeId, createdBy: actor.id, createdAt: now }
    registration.set({
      signer: signer.name,
      signedStatement: text,
      signatureFileId: (await storeUpload(evidence, place)).id,
    })
    // The person brought the signature; what follows from it, the product concludes itself.
    return approved({ actor: systemActor('registration.signature'), now }, registration, null)
  },
)
