/** Files beside what is being typed: each goes to the server as it is picked, dropped or pasted. */

import { useRef, useState } from 'react'
import type { MessageFile } from '../../thread-types.ts'
import { deskPost, RequestFailed, uploadFile } from '../desk-api.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import type { DraftPlace } from './use-draft.ts'

export type DraftFile = {
  key: string
  title: string
  size: number
  /** Null until the server has it. */
  id: number | null
  share: number
  failure: string | null
}

const kept = (file: MessageFile): DraftFile => ({
  key: `kept-${file.id}`,
  title: file.title,
  size: file.size,
  id: file.id,
  share: 1,
  failure: null,
})

export const useDraftFiles = (place: DraftPlace, saved: MessageFile[]) => {
  const words = useWords()
  const { failed } = useNotices()
  const [files, setFiles] = useState<DraftFile[]>(() => saved.map(kept))
  const count = useRef(0)
  const query =
    'threadId' in place ? `threadId=${place.threadId}` : `kind=${place.subject.kind}&id=${place.subject.id}`

  const add = async (picked: Iterable<File>) => {
    for (const file of picked) {
      const key = `new-${(count.current += 1)}`
      const put = (part: Partial<DraftFile>) =>
        setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
      setFiles((all) => [
        ...all,
        { key, title: file.name, size: file.size, id: null, share: 0, failure: null },
      ])
      try {
        const made = (await uploadFile(`/desk/drafts/files?${query}`, file, (share) =>
          put({ share }),
        )) as MessageFile
        put({ id: made.id, title: made.title, share: 1 })
      } catch (error) {
        if (!(error instanceof RequestFailed)) throw error
        const { code, params } = error.said ?? {}
        put({ failure: words.either([`errors.${code}`], words.t(`screens.failure.${error.code}`), params) })
      }
    }
  }
  const remove = async (file: DraftFile) => {
    try {
      if (file.id !== null) await deskPost(`drafts/files/${file.id}/remove`)
      setFiles((all) => all.filter(({ key }) => key !== file.key))
    } catch (error) {
      failed(error)
    }
  }
  return {
    files,
    add,
    remove,
    clear: () => setFiles([]),
    isBusy: files.some((one) => one.id === null && !one.failure),
  }
}
