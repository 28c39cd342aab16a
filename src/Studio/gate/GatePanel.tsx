import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { pauseGate, resumeGate } from '../api/service.ts'
import type { Gate } from '../api/types.ts'
import { followGate } from '../live/live.ts'
import { gate } from '../live/states.ts'
import { Icon } from '../parts/Icon.tsx'
import { attempt } from '../parts/notify.ts'
import { numberText, percentText, timeText, words } from '../words/words.ts'

/** The gate at a glance: what is at ModelScope, what waits, and what holds it back. */
export function GatePanel() {
  useEffect(followGate, [])
  const { gate: say, loading } = words.value
  const state = gate.value
  return (
    <section class="panel gate" aria-labelledby="gate-title">
      <header class="gate-head">
        <h2 id="gate-title">{say.title}</h2>
        {state && <Badge gate={state} />}
      </header>
      {state ? <GateInside gate={state} /> : <p class="quiet">{loading}</p>}
    </section>
  )
}

function Badge({ gate: state }: { gate: Gate }) {
  const { gate: say } = words.value
  if (state.paused) return <span class="badge badge-wait">{say.paused}</span>
  if (state.coolDown) return <span class="badge badge-wait">{say.coolDown[state.coolDown.reason]}</span>
  return <span class="badge badge-open">{say.open}</span>
}

function GateInside({ gate: state }: { gate: Gate }) {
  const { gate: say } = words.value
  return (
    <>
      <Slots gate={state} />
      <dl class="gate-facts">
        <div>
          <dt>{say.interactive}</dt>
          <dd>{numberText(state.waiting.interactive)}</dd>
        </div>
        <div>
          <dt>{say.bulk}</dt>
          <dd>{numberText(state.waiting.bulk)}</dd>
        </div>
        <div>
          <dt>{say.credits}</dt>
          <dd>{state.credits === null ? '–' : numberText(state.credits, 1)}</dd>
        </div>
      </dl>
      {state.budget && (
        <div class="gate-budget">
          <span>{say.budget}</span>
          <meter min={0} max={state.budget.limit} value={state.budget.used} aria-label={say.budget} />
          <span>
            {numberText(state.budget.used)} / {numberText(state.budget.limit)}
          </span>
        </div>
      )}
      <Hold gate={state} />
      <Pause gate={state} />
    </>
  )
}

function Slots({ gate: state }: { gate: Gate }) {
  const { gate: say } = words.value
  // More than this many would not be countable.
  const drawn = Math.min(state.slots, 24)
  return (
    <div class="slots">
      <div class="slots-row" aria-hidden="true">
        {Array.from({ length: drawn }, (_, at) => (
          <span key={at} class={at < state.inUse ? 'slot slot-used' : 'slot'} />
        ))}
      </div>
      <p>
        {say.slots(state.inUse, state.slots)}
        <span class="quiet"> · {say.busy(percentText(state.utilisation.lastHour))}</span>
      </p>
    </div>
  )
}

/** What holds submits back, and until when. */
function Hold({ gate: state }: { gate: Gate }) {
  const { gate: say } = words.value
  const { paused, coolDown } = state
  if (paused) {
    return (
      <p class="warning">
        {say.pauseText} {paused.reason} {paused.until && say.until(timeText(paused.until))}
      </p>
    )
  }
  if (!coolDown) return null
  return (
    <p class="warning">
      {say.coolDown[coolDown.reason]} {say.until(timeText(coolDown.until))}. {coolDown.reason === 'credits' && say.login}
    </p>
  )
}

function Pause({ gate: state }: { gate: Gate }) {
  const reason = useSignal('')
  const { gate: say } = words.value
  const change = async (call: () => Promise<Gate>) => {
    const changed = await attempt(call)
    if (changed) gate.value = changed
  }
  if (state.paused) {
    return (
      <button type="button" class="button-small" onClick={() => void change(resumeGate)}>
        <Icon name="play" />
        {say.resume}
      </button>
    )
  }
  return (
    <div class="gate-pause">
      <input
        type="text"
        aria-label={say.reason}
        placeholder={say.reason}
        value={reason.value}
        onInput={(event) => {
          reason.value = event.currentTarget.value
        }}
      />
      <button type="button" class="button-small" onClick={() => void change(() => pauseGate(reason.value.trim()))}>
        <Icon name="pause" />
        {say.pause}
      </button>
    </div>
  )
}
