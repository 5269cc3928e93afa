/** The screens of the office and of the client count the orders anew. */
import { notifyDesk } from '../../db/notify-desk.ts'
import type { OrderRequest } from '../../models/order-request.ts'

type Sides = Readonly<Pick<OrderRequest, 'officeId' | 'organisationId'>>

export async function tellOfOrder({ officeId, organisationId }: Sides): Promise<void> {
  await notifyDesk({ officeId, topic: 'counters' })
  await notifyDesk({ organisationId, topic: 'counters' })
}
