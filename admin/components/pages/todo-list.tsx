/** Things that wait for this person, each with its step; a step done takes its line away. */

import type { QueueItem } from '../../desk-types.ts'
import type { RecordData } from '../desk-api.ts'
import { useActionRunner } from '../use-action-runner.tsx'
import { TodoRow } from './todo-row.tsx'

const asRecord = (item: QueueItem, id: number): RecordData => ({
  id,
  title: String(item.params['number'] ?? item.organisation?.name ?? ''),
  params: item.organisation ? { organisationId: item.organisation.id } : {},
  populated: {},
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
})

export const TodoList = ({ items, onChanged }: { items: QueueItem[]; onChanged: () => void }) => {
  const runner = useActionRunner(onChanged)
  const first = items.find(({ action }) => action)?.key
  return (
    <>
      <ul>
        {items.map((item) => (
          <TodoRow
            key={item.key}
            item={item}
            // One primary on the screen: the most pressing thing that a press settles.
            isPrimary={item.key === first}
            onRun={({ action }) => {
              if (action)
                runner.run({
                  resourceId: action.resourceId,
                  name: action.name,
                  record: asRecord(item, action.recordId),
                })
            }}
          />
        ))}
      </ul>
      {runner.dialog}
    </>
  )
}
