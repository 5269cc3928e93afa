/** The people of a client, for its head: who may act for it, who wants to or is invited, and who is only known by name. */
import type { CabinetInvitation, CabinetPeople, CabinetPerson } from '../../../admin/cabinet-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { Employee } from '../../models/employee.ts'
import { Invitation } from '../../models/invitation.ts'
import { Membership } from '../../models/membership.ts'
import type { Actor } from '../../policies/actor.ts'
import { can, scopeOf } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'
import { visibleIfListed } from '../visible.ts'

const decisions = ['accept', 'refuse', 'block', 'unblock', 'depart'] as const
const shownAtMost = 500

type MemberRow = Omit<CabinetPerson, 'key' | 'at' | 'isMe' | 'may'> & { membershipId: number; at: Date }

/** @throws DomainError `forbidden` for anybody but a head */
export async function cabinetPeople(actor: Actor): Promise<CabinetPeople> {
  const members = visibleIfListed(actor, Membership, 'm')
  const employees = visibleIfListed(actor, Employee, 'e')
  if (!members || !employees) throw new DomainError('forbidden')
  const [belonging, known] = await Promise.all([
    rows<MemberRow>(
      `select m.id as "membershipId", concat_ws(' ', u.surname, u.name, u.patronymic) as name, e.position, u.email, m.role,
         m.state, m.reason, coalesce(m.decided_at, m.created_at) as at
       from memberships m join users u on u.id = m.user_id left join employees e on e.id = m.employee_id
       where ${members.sql}
       order by array_position(array['pending', 'active', 'blocked', 'refused', 'departed'], m.state), u.surname, m.id
       limit ${shownAtMost}`,
      members.bind,
    ),
    rows<{ id: number; name: string; position: string | null; email: string | null }>(
      `select e.id, concat_ws(' ', e.surname, e.name, e.patronymic) as name, e.position, e.email from employees e
       where ${employees.sql} and e.deleted_at is null
         and not exists (select from memberships m where m.employee_id = e.id and m.state in ('pending', 'active', 'blocked'))
       order by e.surname, e.id limit ${shownAtMost}`,
      employees.bind,
    ),
  ])
  const records = new Map(
    (await Membership.findAll({ where: { id: belonging.map(({ membershipId }) => membershipId) } })).map(
      (membership) => [membership.id, membership],
    ),
  )
  return {
    invitations: await openInvitations(actor),
    mayInvite: can(actor, 'new', Invitation),
    people: [
      ...belonging.map(({ at, ...person }): CabinetPerson => {
        const membership = records.get(person.membershipId)
        return {
          ...person,
          key: `membership-${person.membershipId}`,
          at: at.toISOString(),
          isMe: membership?.userId === actor.id,
          may: membership ? decisions.filter((verb) => can(actor, verb, membership)) : [],
        }
      }),
      ...known.map(({ id, ...person }): CabinetPerson => ({
        ...person,
        key: `employee-${id}`,
        membershipId: null,
        role: null,
        state: null,
        reason: null,
        at: null,
        isMe: false,
        may: [],
      })),
    ],
  }
}

const offered = ['resend', 'revoke'] as const

async function openInvitations(actor: Actor): Promise<CabinetInvitation[]> {
  const scope = scopeOf(actor, Invitation)
  if (scope === null || !can(actor, 'list', Invitation)) return []
  const found = await Invitation.findAll({
    where: { ...scope, state: ['sent', 'expired'] },
    order: [['id', 'desc']],
    limit: shownAtMost,
  })
  return found.map((invitation) => {
    const { id, surname, name, patronymic, email, role, state, expiresAt } = invitation
    return {
      id,
      name: [surname, name, patronymic].filter(Boolean).join(' '),
      email,
      role,
      state: state === 'sent' ? 'sent' : 'expired',
      expiresAt: expiresAt.toISOString(),
      may: offered.filter((verb) => can(actor, verb, invitation)),
    }
  })
}
