/** «Подписать»: opens the window in which a statement is signed. */

import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { useWords } from '../use-words.ts'
import { SignatureDialog } from './signature-dialog.tsx'

type Props = { subject: 'identity' | 'registration'; onSigned: () => void }

export const SignButton = ({ subject, onSigned }: Props) => {
  const { t } = useWords()
  const [isSigning, setSigning] = useState(false)
  return (
    <div className="cd-row">
      <Button testId="sign" onClick={() => setSigning(true)}>
        {t('identity.signature.open')}
      </Button>
      {isSigning ? (
        <SignatureDialog
          subject={subject}
          onClose={() => setSigning(false)}
          onSigned={() => {
            setSigning(false)
            onSigned()
          }}
        />
      ) : null}
    </div>
  )
}
