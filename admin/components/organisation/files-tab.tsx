/** The folder of an organisation: files are dropped or chosen, looked at, taken, thrown away and brought back. */

import { useId, useRef, useState } from 'react'
import { useResourceData } from '../adminjs-state.ts'
import { fileUrl, listRecords, RequestFailed, uploadFile, type RecordData } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { Moment } from '../parts/moment.tsx'
import { ProgressBar } from '../parts/progress-bar.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useFileDrop } from '../parts/use-file-drop.ts'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

type Uploading = { key: number; name: string; share: number; failure: string | null }
const RESOURCE = 'folder-files'

const isSeen = (name: string) => /\.(pdf|png|jpe?g|gif|webp)$/i.test(name)
const isImage = (name: string) => /\.(png|jpe?g|gif|webp)$/i.test(name)

export const FilesTab = ({
  organisationId,
  mayUpload,
  onChanged,
}: {
  organisationId: string
  mayUpload: boolean
  onChanged: () => void
}) => {
  const words = useWords()
  const resource = useResourceData(RESOURCE)
  const { failed } = useNotices()
  const inputId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [uploads, setUploads] = useState<Uploading[]>([])
  const [seen, setSeen] = useState<{ id: string; name: string } | null>(null)
  const [hasDeleted, setDeleted] = useState(false)
  const key = useRef(0)
  const { data, failure, reload } = useLoaded(`files/${organisationId}/${hasDeleted}`, async (signal) => {
    const query = { 'filters.organisationId': organisationId, perPage: 200 }
    const here = await listRecords(RESOURCE, query, signal)
    const gone = hasDeleted
      ? await listRecords(RESOURCE, { ...query, 'filters.deletedAt': '~filled' }, signal)
      : null
    return [...here.records, ...(gone?.records ?? [])]
  })
  const runner = useActionRunner(() => {
    reload()
    onChanged()
  })

  const send = async (files: FileList | null) => {
    for (const file of files ?? []) {
      const mine = (key.current += 1)
      const put = (part: Partial<Uploading>) =>
        setUploads((all) => all.map((one) => (one.key === mine ? { ...one, ...part } : one)))
      setUploads((all) => [...all, { key: mine, name: file.name, share: 0, failure: null }])
      try {
        await uploadFile(`/desk/organisations/${organisationId}/files`, file, (share) => put({ share }))
        setUploads((all) => all.filter((one) => one.key !== mine))
        reload()
        onChanged()
      } catch (error) {
        if (!(error instanceof RequestFailed)) {
          failed(error)
          continue
        }
        put({ failure: words.either([`errors.${error.message}`], words.t(`screens.failure.${error.code}`)) })
      }
    }
    if (input.current) input.current.value = ''
  }

  const { isOver, place: dropPlace } = useFileDrop((files) => {
    if (mayUpload) void send(files)
  })

  const row = (record: RecordData) => {
    const name = String(record.params['title'] ?? record.title)
    const id = String(record.id)
    const isGone = Boolean(record.params['deletedAt'])
    const size = Number(record.params['size'] ?? record.params['fileSize'] ?? 0)
    const items: MenuItem[] = record.recordActions
      .filter((action) => action.name === 'delete' || action.name === 'restore')
      .map((action) => ({
        key: action.name,
        text: words.action(RESOURCE, action.name),
        icon: action.name === 'delete' ? 'Trash2' : 'RotateCcw',
        ...(action.name === 'delete' && { isDanger: true }),
        onPick: () => runner.run({ resourceId: RESOURCE, name: action.name, record }),
      }))
    return (
      <li key={id} className={isGone ? 'cd-file cd-file-gone' : 'cd-file'}>
        <Icon name={isImage(name) ? 'Image' : 'FileText'} />
        <div className="cd-grow">
          <p className="cd-cut">
            {isSeen(name) && !isGone ? (
              <button
                type="button"
                className="cd-button-link cd-file-name"
                onClick={() => setSeen({ id, name })}
              >
                {name}
              </button>
            ) : (
              <span className="cd-file-name">{name}</span>
            )}
          </p>
          <p className="cd-muted cd-small">
            {size ? `${words.size(size)} · ` : ''}
            {typeof record.params['createdAt'] === 'string' ? (
              <Moment at={record.params['createdAt']} />
            ) : null}
            {isGone ? ` · ${words.t('screens.record.deleted')}` : ''}
          </p>
        </div>
        {isGone ? null : (
          <a
            className="cd-icon-button"
            href={fileUrl('folder', id)}
            aria-label={words.t('screens.files.download_what', { name })}
            title={words.t('screens.files.download')}
          >
            <Icon name="Download" />
          </a>
        )}
        {items.length ? (
          <Menu items={items} label={words.t('screens.list.row_menu', { title: name })} isEnd />
        ) : null}
      </li>
    )
  }

  if (!resource) return null
  return (
    <div className="cd-stack cd-form" {...dropPlace}>
      {mayUpload ? (
        <div className={isOver ? 'cd-drop cd-drop-over' : 'cd-drop'}>
          <Icon name="Upload" />
          <p>
            {words.t('screens.files.drop')}{' '}
            <button type="button" className="cd-button-link" onClick={() => input.current?.click()}>
              {words.t('screens.files.choose')}
            </button>
          </p>
          <p className="cd-muted cd-small">{words.t('screens.files.limit')}</p>
          <label htmlFor={inputId} className="cd-hidden">
            {words.t('screens.files.choose')}
          </label>
          <input
            ref={input}
            id={inputId}
            type="file"
            multiple
            hidden
            onChange={(event) => void send(event.target.files)}
          />
        </div>
      ) : null}
      {uploads.length ? (
        <section className="cd-card" aria-live="polite">
          <div className="cd-card-body cd-stack">
            {uploads.map((upload) => (
              <div key={upload.key}>
                <div className="cd-work-head">
                  <span className="cd-grow cd-cut">{upload.name}</span>
                  <span className={upload.failure ? 'cd-failed-text' : 'cd-muted'}>
                    {upload.failure ?? `${Math.round(upload.share * 100)}\u00a0%`}
                  </span>
                  {upload.failure ? (
                    <button
                      type="button"
                      className="cd-button-link"
                      onClick={() => setUploads((all) => all.filter(({ key: one }) => one !== upload.key))}
                    >
                      {words.t('screens.close')}
                    </button>
                  ) : null}
                </div>
                <ProgressBar
                  done={upload.share}
                  total={1}
                  label={upload.name}
                  isFailed={upload.failure !== null}
                />
              </div>
            ))}
          </div>
        </section>
      ) : null}
      {failure ? (
        <FailurePlace failure={failure} onRetry={reload} />
      ) : !data ? (
        <SkeletonCard lines={4} />
      ) : (
        <section className="cd-card">
          <header className="cd-card-head">
            <h2 className="cd-h3 cd-grow">{words.t('screens.files.title')}</h2>
            <label className="cd-tick-line cd-small">
              <input
                type="checkbox"
                className="cd-check"
                checked={hasDeleted}
                onChange={(event) => setDeleted(event.target.checked)}
              />
              {words.t('screens.files.with_deleted')}
            </label>
          </header>
          {data.length ? (
            <ul>{data.map(row)}</ul>
          ) : (
            <EmptyPlace
              icon="Folder"
              title={words.t('screens.files.empty')}
              text={words.t('screens.files.empty_text')}
            />
          )}
        </section>
      )}
      {seen ? (
        <Dialog
          title={seen.name}
          isWide
          onClose={() => setSeen(null)}
          foot={
            <>
              <Button onClick={() => setSeen(null)}>{words.t('screens.close')}</Button>
              <a className="cd-button cd-button-primary" href={fileUrl('folder', seen.id)}>
                {words.t('screens.files.download')}
              </a>
            </>
          }
        >
          {isImage(seen.name) ? (
            <img className="cd-preview" src={fileUrl('folder', seen.id, true)} alt={seen.name} />
          ) : (
            <iframe className="cd-preview" title={seen.name} src={fileUrl('folder', seen.id, true)} />
          )}
        </Dialog>
      ) : null}
      {runner.dialog}
    </div>
  )
}
