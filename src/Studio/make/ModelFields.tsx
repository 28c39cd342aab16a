import { useState } from 'preact/hooks'
import { Field, TextField } from '../parts/Field.tsx'
import { words } from '../words/words.ts'
import { chosenModel, form, models } from './form.ts'
import { isOutside, sidesOf, sizesFor } from './sizes.ts'

const another = '…'

/** Model, size, number of pictures and seed. */
export function ModelFields() {
  const { make: say } = words.value
  return (
    <div class="fields">
      <ModelField />
      <SizeField />
      <TextField label={say.count} value={form.count} type="number" min={1} max={16} class="field-short" />
      <TextField label={say.seed} value={form.seed} hint={say.seedHint} type="number" min={0} max={2147483647} class="field-short" />
    </div>
  )
}

function ModelField() {
  const { make: say } = words.value
  const isListed = !form.model.value || models.value.some((model) => model.id === form.model.value)
  const [isOther, setIsOther] = useState(!isListed)
  return (
    <>
      <Field label={say.model} class="field-wide">
        {(id) => (
          <select
            id={id}
            value={isOther ? another : form.model.value || (models.value[0]?.id ?? '')}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              setIsOther(chosen === another)
              if (chosen !== another) form.model.value = chosen
            }}
          >
            {models.value.map((model) => (
              <option key={model.id} value={model.id}>
                {model.id}
              </option>
            ))}
            <option value={another}>{say.otherModel}</option>
          </select>
        )}
      </Field>
      {isOther && <TextField label={say.modelId} value={form.model} class="field-wide" />}
    </>
  )
}

function SizeField() {
  const { make: say } = words.value
  const range = chosenModel.value?.sizes
  const sizes = sizesFor(range)
  const [isOwn, setIsOwn] = useState(form.size.value !== '' && !sizes.includes(form.size.value))
  return (
    <>
      <Field label={say.size}>
        {(id) => (
          <select
            id={id}
            value={isOwn ? another : form.size.value}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              setIsOwn(chosen === another)
              form.size.value = chosen === another ? form.size.value || sizes[0]! : chosen
            }}
          >
            <option value="">{say.automatic}</option>
            {sizes.map((size) => (
              <option key={size} value={size}>
                {size.replace('x', ' × ')}
              </option>
            ))}
            <option value={another}>{say.ownSize}</option>
          </select>
        )}
      </Field>
      {isOwn && <Sides />}
      {range && isOutside(form.size.value, range) && <p class="hint">{say.sizeOutside(range.min, range.max)}</p>}
    </>
  )
}

function Sides() {
  const { make: say } = words.value
  const [width, height] = sidesOf(form.size.value) ?? [1024, 1024]
  const side = (label: string, value: number, change: (side: number) => string) => (
    <Field label={label} class="field-short">
      {(id) => (
        <input
          id={id}
          type="number"
          min={1}
          step={1}
          value={value}
          onInput={(event) => {
            form.size.value = change(Number(event.currentTarget.value))
          }}
        />
      )}
    </Field>
  )
  return (
    <>
      {side(say.width, width, (next) => `${next}x${height}`)}
      {side(say.height, height, (next) => `${width}x${next}`)}
    </>
  )
}
