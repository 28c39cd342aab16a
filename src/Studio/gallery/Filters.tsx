import { useEffect } from 'preact/hooks'
import { jobStatuses } from '../api/types.ts'
import { loadModels, models } from '../make/form.ts'
import { Field } from '../parts/Field.tsx'
import { go, place, placeWith } from '../parts/router.ts'
import { words } from '../words/words.ts'
import { filterNames } from './filter.ts'

// Jobs in other states have no pictures.
const statuses = jobStatuses.filter((status) => ['succeeded', 'partiallySucceeded', 'generating', 'saving'].includes(status))

/** The filters of the gallery. They are in the address, so a filtered gallery can be kept as a bookmark. */
export function Filters() {
  useEffect(() => void loadModels(), [])
  const { gallery: say, job } = words.value
  const { query } = place.value
  const change = (name: string, value: string) => go(placeWith({ [name]: value }), { replace: true })
  const input = (name: (typeof filterNames)[number], type: 'text' | 'date') => (id: string) => (
    <input
      id={id}
      type={type as 'text'}
      value={query.get(name) ?? ''}
      list={name === 'model' ? 'known-models' : undefined}
      onChange={(event) => change(name, event.currentTarget.value.trim())}
    />
  )
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <Field label={say.status}>
        {(id) => (
          <select id={id} value={query.get('status') ?? ''} onChange={(event) => change('status', event.currentTarget.value)}>
            <option value="">{say.any}</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {job.status[status]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.tag}>{input('tag', 'text')}</Field>
      <Field label={say.model}>{input('model', 'text')}</Field>
      <Field label={say.from}>{input('from', 'date')}</Field>
      <Field label={say.to}>{input('to', 'date')}</Field>
      <datalist id="known-models">
        {models.value.map((model) => (
          <option key={model.id} value={model.id} />
        ))}
      </datalist>
      {filterNames.some((name) => query.has(name)) && (
        <button
          type="button"
          class="button-small"
          onClick={() => go(placeWith(Object.fromEntries(filterNames.map((name) => [name, undefined]))), { replace: true })}
        >
          {say.clear}
        </button>
      )}
    </form>
  )
}
