import { useSignal } from '@preact/signals'
import { key, keyIsNeeded, useKey } from './api/key.ts'
import { Dialog } from './parts/Dialog.tsx'
import { TextField } from './parts/Field.tsx'
import { words } from './words/words.ts'

/** Asks for a key when the server has refused a call. The call is sent again with the new key. */
export function KeyPrompt() {
  const text = useSignal('')
  const remember = useSignal(false)
  const { key: say } = words.value
  if (!keyIsNeeded.value) return null
  return (
    <Dialog title={say.title} class="key-prompt">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.value.trim()) useKey(text.value, remember.value)
        }}
      >
        <h2>{say.title}</h2>
        <p>{key.value ? say.refused : say.text}</p>
        <TextField label={say.label} value={text} type="password" />
        <label class="check">
          <input
            type="checkbox"
            checked={remember.value}
            onChange={(event) => {
              remember.value = event.currentTarget.checked
            }}
          />
          {say.remember}
        </label>
        <button type="submit" class="button-main">
          {say.use}
        </button>
      </form>
    </Dialog>
  )
}
