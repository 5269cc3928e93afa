/** The port to accounting: one way of handing a request over, whoever sits on the other side. */
import type { AccountingRequest } from '../models/accounting-request.ts'
import type { Context } from '../operations/operation.ts'

export type Channel = Readonly<{
  /** What `accounting_requests.channel` holds. */
  name: string
  /**
   * Hands the request over, or posts what will, in the ambient transaction: everything it leaves is undone with it.
   * Called once for each try; says itself by `failRequest` when it cannot ever work, throws when later may be better.
   */
  handOver: (context: Context, request: AccountingRequest) => Promise<void>
}>

export const defineChannel = (channel: Channel): Channel => channel
