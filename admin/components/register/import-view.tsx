/** One import: how the file is read before it is run, how far it is while it runs, what came of it afterwards. */

import { useState } from 'react'
import type { RegisterImportFacts } from '../../desk-types.ts'
import { desk, deskPost, fileUrl, pageUrl, RequestFailed } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Note } from '../parts/note.tsx'
import { ProgressBar } from '../parts/progress-bar.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { lookAtWork, useOnPulse } from '../use-live.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { ImportState } from './imports-list.tsx'
import { TableLook } from './table-look.tsx'

type Step = 'run' | 'cancel' | 'retry'

export const ImportView = ({ importId }: { importId: number }) => {
  const words = useWords()
  const { failed, say } = useNotices()
  const [busy, setBusy] = useState<string | null>(null)
  const { data, failure, reload, replace } = useLoaded(`register/${importId}`, (signal) =>
    desk<RegisterImportFacts>(`register/imports/${importId}`, {}, signal),
  )
  useOnPulse(reload)

  const press = async (name: string, path: string, payload: unknown = {}) => {
    setBusy(name)
    try {
      replace(await deskPost<RegisterImportFacts>(`register/imports/${importId}/${path}`, payload))
      lookAtWork()
    } catch (error) {
      const said = error instanceof RequestFailed ? error.said : undefined
      if (said) say('error', `errors.${said.code}`, said.params ?? {})
      else failed(error)
    } finally {
      setBusy(null)
    }
  }
  if (failure && !data) {
    return (
      <section className="cd-card">
        <FailurePlace failure={failure} onRetry={reload} />
      </section>
    )
  }
  if (!data) return <SkeletonCard lines={8} />
  const step = (name: Step, look: 'primary' | 'plain') => (
    <Button
      look={look}
      isBusy={busy === name}
      onClick={() => void press(name, name)}
      testId={`register-${name}`}
    >
      {words.t(
        `register.steps.${name === 'cancel' && data.state !== 'running' && data.state !== 'queued' ? 'drop' : name}`,
      )}
    </Button>
  )
  const isOpen = data.state === 'queued' || data.state === 'running'
  const total = data.rowsTotal === null ? null : Math.max(data.rowsTotal, data.rowsRead)
  const counts = [
    ['added', data.rowsAdded],
    ['changed', data.rowsChanged],
    ['unchanged', data.rowsUnchanged],
    ['bad', data.rowsBad],
  ] as const
  const nothingNew = data.state === 'done' && data.rowsAdded === 0 && data.rowsChanged === 0

  return (
    <>
      <nav className="cd-crumbs" aria-label={words.t('screens.record.crumbs')}>
        <GoLink href={pageUrl('register')}>{words.t('screens.frame.register')}</GoLink> /
      </nav>
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{data.fileName}</h1>
          <p>
            {words.value('organisations', 'country', data.country)} ·{' '}
            {words.t('register.as_of_day', { day: words.day(data.asOf) })} · {words.size(data.fileSize)}
            {data.by ? ` · ${data.by}` : ''}
          </p>
        </div>
        <ImportState made={data} />
      </div>
      <div className="cd-stack">
        {data.failure ? (
          <Note look="error" isAlert>
            <p>
              <b>{words.t('register.stopped', { rows: data.rowsRead })}</b>
            </p>
            <p>{words.fault(data.failure.code, data.failure.params)}</p>
          </Note>
        ) : null}
        {nothingNew ? (
          <Note look="tip">
            <p>{words.t('register.nothing_new')}</p>
          </Note>
        ) : null}
        {data.look ? (
          <TableLook
            look={data.look}
            isBusy={busy === 'describe'}
            onChange={(wishes) => void press('describe', 'describe', wishes)}
          />
        ) : (
          <section className="cd-card">
            <div className="cd-card-body cd-stack">
              {isOpen ? (
                <div>
                  <div className="cd-work-head">
                    <span className="cd-grow">{words.t(`register.progress.${data.state}`)}</span>
                    <span className="cd-muted cd-code">
                      {total === null
                        ? words.number(data.rowsRead, 0)
                        : words.t('screens.work.of', { done: data.rowsRead, total })}
                    </span>
                  </div>
                  <ProgressBar done={data.rowsRead} total={total} label={data.fileName} />
                </div>
              ) : null}
              <dl className="cd-register-counts">
                {counts.map(([key, value]) => (
                  <div key={key}>
                    <dt>{words.t(`register.counts.${key}`)}</dt>
                    <dd className={key === 'bad' && value > 0 ? 'cd-failed-text' : undefined}>
                      {words.number(value, 0)}
                    </dd>
                  </div>
                ))}
              </dl>
              {data.may.download && data.rowsBad > 0 ? (
                <p>
                  <a className="cd-button cd-button-small" href={fileUrl('register-import', data.id)}>
                    {words.t('register.bad_file')}
                  </a>
                </p>
              ) : null}
            </div>
          </section>
        )}
        <div className="cd-row">
          {data.may.run ? step('run', 'primary') : null}
          {data.may.retry ? step('retry', 'primary') : null}
          {data.may.cancel ? step('cancel', 'plain') : null}
          {isOpen || data.may.run ? null : (
            <GoLink className="cd-button" href={pageUrl('register')}>
              {words.t('register.to_list')}
            </GoLink>
          )}
        </div>
      </div>
    </>
  )
}
