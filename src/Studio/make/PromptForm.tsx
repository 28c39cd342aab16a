import { signal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { CallError } from '../api/call.ts'
import { start } from '../jobs/recentJobs.ts'
import { messageOf } from '../parts/notify.ts'
import { words } from '../words/words.ts'
import { EditImages, addEditImages } from './EditImages.tsx'
import { form, loadModels, request, sentPrompt } from './form.ts'
import { ModelFields } from './ModelFields.tsx'
import { MoreFields } from './MoreFields.tsx'
import { StyleChips } from './StyleChips.tsx'

const isSending = signal(false)

/** What is wrong with the last try, a line for each field. */
const problems = signal<readonly string[]>([])

/** The form for a new picture. Sending does not empty it: the next picture is often a small change of the last one. */
export function PromptForm() {
  const id = useId()
  useEffect(() => void loadModels(), [])
  const { make: say } = words.value
  const count = Number(form.count.value)
  return (
    <form
      class="panel prompt-form"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onPaste={(event) => {
        const files = [...(event.clipboardData?.files ?? [])]
        if (files.length > 0) {
          event.preventDefault()
          void addEditImages(files)
        }
      }}
    >
      <h1 id={`${id}-title`}>{say.title}</h1>
      <div class="field">
        <label for={id}>{say.prompt}</label>
        <textarea
          id={id}
          class="prompt"
          rows={3}
          placeholder={say.promptHint}
          value={form.prompt.value}
          onInput={(event) => {
            form.prompt.value = event.currentTarget.value
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
          }}
        />
      </div>
      <StyleChips />
      <ModelFields />
      <EditImages />
      <MoreFields />
      {problems.value.length > 0 && (
        <ul class="problems" role="alert">
          {problems.value.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <div class="submit">
        <button type="submit" class="button-main" disabled={isSending.value}>
          {count > 1 ? say.submitMany(count) : say.submit}
        </button>
        <kbd>{say.shortcut}</kbd>
      </div>
    </form>
  )
}

async function submit(): Promise<void> {
  if (isSending.value) return
  if (!sentPrompt.value) {
    problems.value = [words.value.make.missing]
    return
  }
  isSending.value = true
  problems.value = []
  try {
    await start(request.value)
  } catch (error) {
    problems.value = linesOf(error)
  } finally {
    isSending.value = false
  }
}

function linesOf(error: unknown): string[] {
  const fields = error instanceof CallError ? error.problem?.errors : undefined
  return fields ? Object.entries(fields).map(([field, messages]) => `${field}: ${messages.join(' ')}`) : [messageOf(error)]
}
