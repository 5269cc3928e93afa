/** The register of organisations: looking one up, how full it is, and the files it is filled from. */

import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router-dom'
import type { RegisterDesk } from '../../desk-types.ts'
import { desk } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { ImportView } from '../register/import-view.tsx'
import { importUrl, ImportsList } from '../register/imports-list.tsx'
import { LookUpCard } from '../register/look-up-card.tsx'
import { UploadDialog } from '../register/upload-dialog.tsx'
import { useLoaded } from '../use-desk.ts'
import { useGo } from '../use-go.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'

export const RegisterPage = () => {
  const words = useWords()
  const [search] = useSearchParams()
  const importId = Number(search.get('import'))
  useEffect(() => {
    document.title = `${words.t('screens.frame.register')} · certdesk`
  }, [words])
  return importId > 0 ? <ImportView key={importId} importId={importId} /> : <Register />
}

const Register = () => {
  const words = useWords()
  const go = useGo()
  const [isUploading, setUploading] = useState(false)
  const { data, failure, reload } = useLoaded('register', (signal) =>
    desk<RegisterDesk>('register', {}, signal),
  )
  useOnPulse(reload)
  return (
    <>
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{words.t('screens.frame.register')}</h1>
          <p>{words.t('register.about_page')}</p>
        </div>
        {data?.may.import ? (
          <Button look="primary" icon="Upload" onClick={() => setUploading(true)} testId="register-new">
            {words.t('register.steps.upload')}
          </Button>
        ) : null}
      </div>
      <div className="cd-stack">
        <LookUpCard />
        {failure && !data ? (
          <section className="cd-card">
            <FailurePlace failure={failure} onRetry={reload} />
          </section>
        ) : data ? (
          <>
            <div className="cd-register-stats">
              {data.countries.map(({ country, organisations, asOf, hasService }) => (
                <section key={country} className="cd-card cd-card-body">
                  <h2 className="cd-small cd-soft">{words.value('organisations', 'country', country)}</h2>
                  <p className="cd-register-figure">{words.number(organisations, 0)}</p>
                  <p className="cd-muted cd-small">
                    {asOf
                      ? words.t('register.as_of_day', { day: words.day(asOf) })
                      : words.t('register.not_filled')}
                    {hasService ? ` · ${words.t('register.with_service')}` : ''}
                  </p>
                </section>
              ))}
            </div>
            {data.may.watch ? <ImportsList imports={data.imports} /> : null}
          </>
        ) : (
          <SkeletonCard lines={6} />
        )}
      </div>
      {isUploading ? (
        <UploadDialog
          onClose={() => setUploading(false)}
          onDone={(id) => {
            setUploading(false)
            go(importUrl(id))
          }}
        />
      ) : null}
    </>
  )
}
