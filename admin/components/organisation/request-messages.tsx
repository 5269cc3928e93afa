/** What accounting answered: each message stays until it is acknowledged, a failure offers the way on. */

import type { RequestMessage } from '../../desk-types.ts'
import { recordUrl, type RecordData } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Note } from '../parts/note.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useWords } from '../use-words.ts'

const REQUESTS = 'accounting-requests'

/** The runner wants a record; a message knows all of it that matters. */
const asRecord = ({ requestId, number }: RequestMessage): RecordData => ({
  id: requestId,
  title: number,
  params: {},
  populated: {},
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
})

export const RequestMessages = ({
  messages,
  onChanged,
}: {
  messages: RequestMessage[]
  onChanged: () => void
}) => {
  const words = useWords()
  const runner = useActionRunner(onChanged)
  return (
    <div aria-live="polite" className={messages.length ? 'cd-stack' : 'cd-hidden'}>
      {messages.map((message) => {
        const { requestId, number, outcome, taxDocuments, failure, may } = message
        const papers = taxDocuments
          .map(({ number: paper, on }) =>
            words.t('screens.messages.paper', { number: paper, on: words.day(on) }),
          )
          .join(', ')
        return (
          <Note
            key={requestId}
            look={outcome === 'confirmed' ? 'ok' : outcome === 'timed_out' ? 'warn' : 'error'}
            actions={
              <>
                {may.retry ? (
                  <Button
                    isSmall
                    onClick={() =>
                      runner.run({ resourceId: REQUESTS, name: 'retry', record: asRecord(message) })
                    }
                  >
                    {words.action(REQUESTS, 'retry')}
                  </Button>
                ) : null}
                {may.acknowledge ? (
                  <Button
                    isSmall
                    testId={`acknowledge-${requestId}`}
                    onClick={() =>
                      runner.run({ resourceId: REQUESTS, name: 'acknowledge', record: asRecord(message) })
                    }
                  >
                    {words.action(REQUESTS, 'acknowledge')}
                  </Button>
                ) : null}
              </>
            }
          >
            <p>
              <b>{words.t(`screens.messages.${outcome}`, { number })}</b>{' '}
              <GoLink href={recordUrl(REQUESTS, requestId)}>{words.t('screens.messages.open')}</GoLink>
            </p>
            {papers ? (
              <p>{words.t('screens.messages.papers', { count: taxDocuments.length, papers })}</p>
            ) : null}
            {failure ? <p>{failure.text ?? words.fault(failure.code)}</p> : null}
          </Note>
        )
      })}
      {runner.dialog}
    </div>
  )
}
