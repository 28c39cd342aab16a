import { Icon } from '../parts/Icon.tsx'
import { TextField } from '../parts/Field.tsx'
import { numberText, words } from '../words/words.ts'
import { form } from './form.ts'
import { loraSum, type Lora } from './request.ts'

/** The parameters that most people never need. They open by themselves if one of them is set. */
export function MoreFields() {
  const { make: say } = words.value
  const isSet =
    [form.negative, form.steps, form.guidance, form.name, form.tags].some((field) => field.peek()) || form.loras.peek().length > 0
  return (
    <details class="more" open={isSet}>
      <summary>{say.more}</summary>
      <div class="fields">
        <TextField label={say.negative} value={form.negative} hint={say.negativeHint} class="field-wide" />
        <TextField label={say.steps} value={form.steps} type="number" min={1} max={100} class="field-short" />
        <TextField label={say.guidance} value={form.guidance} type="number" min={1.5} max={20} step={0.1} class="field-short" />
        <TextField label={say.name} value={form.name} hint={say.nameHint} />
        <TextField label={say.tags} value={form.tags} hint={say.tagsHint} />
      </div>
      <Loras />
    </details>
  )
}

function Loras() {
  const { make: say } = words.value
  const loras = form.loras.value
  const change = (at: number, lora: Lora) => {
    form.loras.value = loras.map((one, index) => (index === at ? lora : one))
  }
  const sum = loraSum(loras)
  return (
    <fieldset class="loras">
      <legend>{say.loras}</legend>
      {loras.map((lora, at) => (
        <div key={at} class="lora">
          <input
            type="text"
            aria-label={say.loraId}
            placeholder={say.loraId}
            value={lora.id}
            onInput={(event) => change(at, { ...lora, id: event.currentTarget.value })}
          />
          {loras.length > 1 && (
            <input
              type="number"
              aria-label={say.loraWeight}
              min={0}
              max={1}
              step={0.05}
              value={lora.weight}
              onInput={(event) => change(at, { ...lora, weight: event.currentTarget.value })}
            />
          )}
          <button
            type="button"
            class="icon-button"
            aria-label={say.removeLora(lora.id)}
            onClick={() => {
              form.loras.value = loras.filter((_, index) => index !== at)
            }}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {sum !== undefined && Math.abs(sum - 1) > 0.001 && <p class="hint">{say.loraSum(numberText(sum, 3))}</p>}
      {loras.length < 6 && (
        <button
          type="button"
          class="button-small"
          onClick={() => {
            form.loras.value = [...loras, { id: '', weight: loras.length === 0 ? '1' : '0.5' }]
          }}
        >
          <Icon name="plus" />
          {say.addLora}
        </button>
      )}
    </fieldset>
  )
}
