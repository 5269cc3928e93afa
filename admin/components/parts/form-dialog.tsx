/** A window with fields: sent by its button or by Enter, or left. */

import { useRef, type FormEvent, type ReactNode } from 'react'
import { useWords } from '../use-words.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

type Props = {
  title: string
  /** Text of the button that sends. */
  send: string
  testId: string
  isBusy?: boolean
  /** The server says what is wrong; the browser keeps quiet. */
  noValidate?: boolean
  onSubmit: (event: FormEvent) => unknown
  onClose: () => void
  children: ReactNode
}

export const FormDialog = ({
  title,
  send,
  testId,
  isBusy = false,
  noValidate = false,
  onSubmit,
  onClose,
  children,
}: Props) => {
  const { t } = useWords()
  const form = useRef<HTMLFormElement>(null)
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('screens.cancel')}</Button>
          <Button
            look="primary"
            isBusy={isBusy}
            testId={testId}
            onClick={() => form.current?.requestSubmit()}
          >
            {send}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        className="cd-stack"
        noValidate={noValidate}
        onSubmit={(event) => void onSubmit(event)}
      >
        {children}
      </form>
    </Dialog>
  )
}
