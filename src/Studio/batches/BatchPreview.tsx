import { useState } from 'preact/hooks'
import { creditsText, durationText, words } from '../words/words.ts'
import { draft as current, startDraft, type Draft } from './draft.ts'

/** What is in a file, line by line, and what it would cost. Nothing has been submitted. */
export function BatchPreview({ draft }: { draft: Draft }) {
  const [isStarting, setIsStarting] = useState(false)
  const { batches: say, gate } = words.value
  const { check, lines, hidden, file } = draft
  const start = async () => {
    setIsStarting(true)
    await startDraft(draft)
    setIsStarting(false)
  }
  return (
    <section class="panel preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{say.check(file.name)}</h2>
      <p class="preview-sum">
        <strong>{say.valid(check.total)}</strong>
        <span>
          {gate.credits}: {creditsText(check.credits)}
        </span>
        <span>{words.value.job.takes(durationText(check.etaSeconds))}</span>
      </p>
      <p class={check.invalidLines > 0 ? 'warning' : 'quiet'}>{check.invalidLines > 0 ? say.invalid(check.invalidLines) : say.allValid}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={say.check(file.name)}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col" class="number">
                {say.line}
              </th>
              <th scope="col">{say.content}</th>
              <th scope="col">{say.result}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.line} class={line.problems.length > 0 ? 'line-bad' : ''}>
                <td class="number">{line.line}</td>
                <td class="line-text">{line.text}</td>
                <td>{line.isHeader ? say.header : line.problems.length > 0 ? line.problems.join(' ') : say.ok}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && <p class="quiet">{say.moreLines(hidden)}</p>}
      <div class="submit">
        <button type="button" class="button-main" disabled={isStarting || check.total === 0} onClick={() => void start()}>
          {say.start(check.total)}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            current.value = undefined
          }}
        >
          {say.another}
        </button>
      </div>
    </section>
  )
}
