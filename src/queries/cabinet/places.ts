/** The places of a person as the cabinet's switch shows them, with the one they act for now. */
import type { CabinetPlace } from '../../../admin/cabinet-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { placesOf } from '../users/places.ts'

/** Nothing of anybody else: a person's own standings are theirs to know, whoever they act for now. */
export async function cabinetPlaces({ id, organisationId, officeId }: Actor): Promise<CabinetPlace[]> {
  const places = id === null ? [] : await placesOf(id)
  return places.map(({ membershipId, organisation, office, role, ...place }) => ({
    membershipId,
    organisation,
    office,
    role,
    isCurrent: place.organisationId === organisationId && place.officeId === officeId,
  }))
}
