/** A person whose papers were found right signs that the account is theirs (S4-05): the certificate must name the same person. */
import { DomainError } from '../../domain/errors.ts'
import { Identity } from '../../models/identity.ts'
import { authorise } from '../../policies/define-policy.ts'
import { openFacts } from '../../queries/identities/sealed-facts.ts'
import { noteReason } from '../audit.ts'
import { operation } from '../operation.ts'
import { storeUpload } from '../store-upload.ts'
import { cancelLetterOf } from './end-letter.ts'
import { confirmed } from './confirm-identity.ts'
import { demandSamePerson, type Signed } from './signed.ts'

/** @throws DomainError `signature.other-person`, `signature.other-document` when the papers were told anew meanwhile */
export const confirmBySignature = operation(
  'identity.confirm-by-signature',
  async (context, { id, version, text, signer, source, evidence }: Signed): Promise<Identity> => {
    const { actor, now } = context
    const identity = await Identity.findByPk(id, { lock: true })
    if (!identity) throw new DomainError('not-found')
    authorise(actor, 'sign', identity)
    if (identity.version !== version) throw new DomainError('signature.other-document')
    demandSamePerson(signer, identity)
    if (signer.number !== openFacts(identity).number) throw new DomainError('signature.other-person')
    noteReason(`${source}: ${signer.name}, ${signer.validFrom.slice(0, 10)} – ${signer.validTo.slice(0, 10)}`)
    const place = { officeId: identity.officeId, createdBy: actor.id, createdAt: now }
    identity.set({ confirmationReason: text, confirmationFileId: (await storeUpload(evidence, place)).id })
    await cancelLetterOf(identity.userId, now)
    return confirmed(context, identity, 'signature')
  },
)
