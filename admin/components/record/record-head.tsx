/** The head of a record: where it stands, its title, state, codes, the next step and the other steps in a menu. */

import { useEffect, type ReactNode } from 'react'
import { actionViewOf, recordViewOf, type ResourceData } from '../adminjs-state.ts'
import { listUrl, recordUrl, type RecordData } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { CopyCode } from '../parts/copy-code.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { Value } from '../parts/value.tsx'
import { useGo } from '../use-go.ts'
import { useWords } from '../use-words.ts'

type Props = {
  resource: ResourceData
  record: RecordData
  title: string
  codes?: { label: string; kind?: string; value: string }[]
  onRun: (name: string) => void
  busy: string | null
  children?: ReactNode
  /** Another button is the one primary of this screen now. */
  isQuiet?: boolean
}

/** Which steps there are: the allowed in the order of the resource, then those the state refuses now. */
const stepsOf = (resource: ResourceData, record: RecordData) => {
  const view = recordViewOf(resource)
  const allowed = new Set(record.recordActions.map(({ name }) => name))
  const refused = record.refusals ?? {}
  const order = [
    ...new Set([
      ...(view?.steps ?? []),
      ...record.recordActions.map(({ name }) => name),
      ...Object.keys(refused),
    ]),
  ].filter(
    (name) =>
      name !== 'show' &&
      resource.actions.some((action) => action.name === name && action.actionType === 'record'),
  )
  const steps = view?.steps ?? []
  const primary = steps.find((name) => allowed.has(name) && actionViewOf(resource, name).tone !== 'danger')
  return {
    primary,
    mayEdit: allowed.has('edit'),
    // What the role may never do is absent; what it may do but not now stands there with the reason.
    others: order
      .filter((name) => name !== primary && name !== 'edit')
      .filter((name) => allowed.has(name) || refused[name])
      .map((name) => ({ name, refusal: allowed.has(name) ? undefined : refused[name] })),
  }
}

export const RecordHead = ({
  resource,
  record,
  title,
  codes = [],
  onRun,
  busy,
  children,
  isQuiet,
}: Props) => {
  const words = useWords()
  const go = useGo()
  const view = recordViewOf(resource)
  const { primary, mayEdit, others } = stepsOf(resource, record)
  useEffect(() => {
    document.title = `${title} · certdesk`
  }, [title])
  const edit = () => go(recordUrl(resource.id, record.id, 'edit'))
  const items = others.map(({ name, refusal }): MenuItem => ({
    key: name,
    text: words.action(resource.id, name),
    ...(actionViewOf(resource, name).icon && { icon: actionViewOf(resource, name).icon }),
    ...(actionViewOf(resource, name).tone === 'danger' && { isDanger: true }),
    refusal: refusal ? words.fault(refusal.code, refusal.params) : undefined,
    onPick: () => onRun(name),
  }))
  const state = view?.state
  const stateValue = state ? record.params[state.property] : null
  return (
    <>
      <nav className="cd-crumbs" aria-label={words.t('screens.record.crumbs')}>
        <GoLink href={listUrl(resource.id)}>{words.resource(resource.id)}</GoLink> /
      </nav>
      <div className="cd-head">
        <div className="cd-head-text">
          <div className="cd-row cd-row-wrap">
            <h1 className="cd-h1">{title}</h1>
            {state && stateValue ? <Value field={state} resourceId={resource.id} record={record} /> : null}
            {record.params['deletedAt'] ? (
              <span className="cd-state cd-tone-closed">{words.t('screens.record.deleted')}</span>
            ) : null}
          </div>
          {codes.length ? (
            <div className="cd-codes">
              {codes.map(({ label, kind, value }) => (
                <CopyCode key={label} label={label} value={value} {...(kind && { kind })} />
              ))}
            </div>
          ) : null}
        </div>
        {children}
        {mayEdit && primary !== 'edit' ? (
          <Button icon="Edit2" onClick={edit} testId="action-edit">
            {words.action(resource.id, 'edit')}
          </Button>
        ) : null}
        {primary ? (
          <Button
            // Editing is always possible; it is no move that anybody waits for.
            look={isQuiet || primary === 'edit' ? 'plain' : 'primary'}
            isBusy={busy === primary}
            testId={`action-${primary}`}
            {...(actionViewOf(resource, primary).icon && { icon: actionViewOf(resource, primary).icon })}
            onClick={() => (primary === 'edit' ? edit() : onRun(primary))}
          >
            {words.action(resource.id, primary)}
          </Button>
        ) : null}
        {items.length ? (
          <div className="cd-menu-place">
            <Menu items={items} label={words.t('screens.record.more')} isEnd testId="actions-menu" />
          </div>
        ) : null}
      </div>
    </>
  )
}
