/** Asks the register of organisations about one tax id, and keeps what it said until another is asked. */

import { useState } from 'react'
import type { RegisterLookUp } from '../../desk-types.ts'
import { deskPost, RequestFailed } from '../desk-api.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

export type Question = { country: string; taxId: string; kpp?: string | null }

export const useLookUp = () => {
  const words = useWords()
  const { failed } = useNotices()
  const [isBusy, setBusy] = useState(false)
  const [found, setFound] = useState<RegisterLookUp | null>(null)
  /** What is wrong with the question, as a sentence. */
  const [fault, setFault] = useState<string | null>(null)

  const ask = async (question: Question): Promise<RegisterLookUp | null> => {
    setBusy(true)
    setFault(null)
    setFound(null)
    try {
      const answer = await deskPost<RegisterLookUp>('register/look-up', question)
      setFound(answer)
      return answer
    } catch (error) {
      const fields = error instanceof RequestFailed ? error.said?.fields : undefined
      const first = fields && Object.values(fields)[0]
      if (first) setFault(words.fault(first.code, first.params))
      else failed(error)
      return null
    } finally {
      setBusy(false)
    }
  }
  const forget = () => {
    setFound(null)
    setFault(null)
  }
  return { ask, forget, isBusy, found, fault }
}
