/** What the screens of messages ask of the server on either side: the shapes of `/desk/threads*` and `/desk/drafts*`. */

export type ThreadState = 'waiting_office' | 'waiting_client' | 'closed'

/** What a thread is about, as its reader may know it. */
export type ThreadSubject = {
  kind: string
  id: number
  /** Null when it has no page this reader may open. */
  resourceId: string | null
  number: string | null
  /** The kind of a document. */
  sort: string | null
}

/** `unread` and `all` for clients; `waiting`, `mine` and `all` for the staff. */
export type ThreadView = 'waiting' | 'mine' | 'unread' | 'all'

/** GET /desk/threads?view=&page=&organisationId=&kind=&id= */
export type ThreadList = {
  items: ThreadRow[]
  counts: Partial<Record<ThreadView, number>>
  hasMore: boolean
}
export type ThreadRow = {
  id: number
  title: string
  state: ThreadState
  subject: ThreadSubject
  /** The organisation, or the applicant who has none. */
  client: string
  assignee: { id: number; name: string } | null
  unread: number
  waitingSince: string | null
  /** Longer than a working day; clients are not told. */
  isLate: boolean
  last: { at: string; author: string; isMine: boolean; text: string; files: number }
}

export type MessageFile = { id: number; title: string; size: number; mime: string }

/** GET /desk/threads/:id[?before=] */
export type Conversation = {
  thread: Omit<ThreadRow, 'unread' | 'last' | 'client'> & {
    client: { organisationId: number | null; name: string; person: string | null }
    office: string
  }
  messages: ThreadMessage[]
  hasOlder: boolean
  /** Who of the other side has read up to which message. */
  reads: { name: string; readTo: number; at: string }[]
  draft: Draft
  may: { reply: boolean; assign: boolean; close: boolean; reopen: boolean }
  /** Whom the thread may be given to; empty for clients. */
  colleagues: { id: number; name: string }[]
  templates: ReplyTemplate[]
}
export type ThreadMessage = {
  id: number
  side: 'office' | 'client'
  isMine: boolean
  author: string
  at: string
  text: string
  files: MessageFile[]
}

export type Draft = { title: string; text: string; files: MessageFile[]; savedAt: string | null }

/** A prepared answer with its places filled in. */
export type ReplyTemplate = { id: number; title: string; text: string }

/** GET /desk/new-thread?kind=&id= : what a person sees before writing the first message. */
export type NewThread = {
  subject: ThreadSubject
  client: { organisationId: number | null; name: string }
  office: string
  /** How many people of the client will read it in the cabinet; null for clients. */
  readers: number | null
  draft: Draft
  templates: ReplyTemplate[]
}
