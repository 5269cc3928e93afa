/** For whom the person acts, and the way to act for another: everything on the screen is of one organisation. */

import type { CabinetPlaces } from '../../cabinet-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk, deskPost, rootPath } from '../desk-api.ts'
import { Icon } from '../parts/icon.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { useLoaded } from '../use-desk.ts'
import { mayLeave, setLeaveGuard } from '../use-go.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

export const PlaceSwitch = () => {
  const words = useWords()
  const { organisation, office, places } = useMe()
  const { failed } = useNotices()
  const { data } = useLoaded(places > 1 ? 'places' : null, (signal) =>
    desk<CabinetPlaces>('places', {}, signal),
  )
  const name = organisation?.name ?? office ?? 'certdesk'
  if (places < 2) {
    return (
      <span className="cd-place" title={name}>
        <span className="cd-cut">{name}</span>
      </span>
    )
  }
  const actFor = async (membershipId: number) => {
    if (!(await mayLeave())) return
    setLeaveGuard(null)
    await deskPost('place', { membershipId })
    // What is open belongs to the other organisation: nothing of it may stay on the screen.
    location.assign(rootPath())
  }
  const items = (data?.places ?? []).map((place): MenuItem => ({
    key: `place-${place.membershipId}`,
    icon: place.isCurrent ? 'Check' : 'Briefcase',
    text: `${place.organisation ?? place.office} · ${words.t(`screens.roles.${place.role}`)}`,
    onPick: () => {
      if (!place.isCurrent) actFor(place.membershipId).catch(failed)
    },
  }))
  return (
    <Menu label={words.t('cabinet.place.switch', { name })} className="cd-place" testId="place" items={items}>
      <span className="cd-cut">{name}</span>
      <Icon name="ChevronDown" />
    </Menu>
  )
}
