/** A conversation between a client and the office about one record: what it is about, whose word it waits for, who answers. */
import type { CreationOptional } from 'sequelize'
import { instant, key, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { threadStates, type ThreadState } from '../domain/states/thread.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class Thread extends LastingModel<Thread> {
  declare officeId: number
  /** Null for an applicant who belongs to no client. */
  declare organisationId: CreationOptional<number | null>
  /** Who of the client began it; null when the office wrote to the whole organisation. */
  declare personId: CreationOptional<number | null>
  /** The same as a value every scope can compare: 0 is everybody of the organisation. The database fills it in. */
  declare readerKey: CreationOptional<number | null>
  declare subjectKind: string
  declare subjectId: number
  declare title: string
  declare state: CreationOptional<ThreadState>
  declare assigneeId: CreationOptional<number | null>
  /** Since when the client waits for the office. */
  declare waitingSince: CreationOptional<Date | null>
  /** When this wait was found to be longer than a working day. */
  declare lateAt: CreationOptional<Date | null>
  declare lastMessageAt: Date
}

Thread.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference({ allowNull: true }),
    personId: reference({ allowNull: true }),
    readerKey: reference({ allowNull: true }),
    subjectKind: text(),
    subjectId: reference(),
    title: text(),
    state: state(threadStates),
    assigneeId: reference({ allowNull: true }),
    waitingSince: instant({ allowNull: true }),
    lateAt: instant({ allowNull: true }),
    lastMessageAt: instant(),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'threads', ...lastingOptions },
)
