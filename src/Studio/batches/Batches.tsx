import { useEffect, useState } from 'preact/hooks'
import { DropZone } from '../parts/DropZone.tsx'
import { Link } from '../parts/Link.tsx'
import { attempt } from '../parts/notify.ts'
import { numberText, words } from '../words/words.ts'
import { BatchPreview } from './BatchPreview.tsx'
import { check, draft, isChecking } from './draft.ts'
import { extensions } from './file.ts'
import { knownBatches, type KnownBatch } from './known.ts'

/** Starts a batch from a file, and lists the batches. */
export function Batches() {
  const { batches: say } = words.value
  return (
    <section class="batches" aria-labelledby="batches-title">
      <header class="view-head">
        <h1 id="batches-title">{say.title}</h1>
      </header>
      {draft.value ? (
        <BatchPreview draft={draft.value} />
      ) : (
        <DropZone label={say.choose} accept={extensions} onFiles={(files) => void check(files)}>
          <strong>{isChecking.value ? say.checking : say.drop}</strong>
          <span>{say.formats}</span>
        </DropZone>
      )}
      <KnownBatches />
    </section>
  )
}

function KnownBatches() {
  const [known, setKnown] = useState<readonly KnownBatch[]>()
  useEffect(() => {
    void attempt(() => knownBatches(new Date())).then(setKnown)
  }, [])
  const { batches: say } = words.value
  if (!known) return null
  return (
    <section class="panel" aria-labelledby="known-title">
      <h2 id="known-title">{say.recent}</h2>
      {known.length === 0 && <p class="quiet">{say.none}</p>}
      {known.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{say.items}</th>
              <th scope="col" class="number">
                {say.pictures}
              </th>
              <th scope="col" class="number">
                {say.failedItems}
              </th>
            </tr>
          </thead>
          <tbody>
            {known.map((batch) => (
              <tr key={batch.id}>
                <td>
                  <Link to={`/batches/${batch.id}`}>{say.batch(batch.id)}</Link>
                </td>
                <td class="number">{batch.pictures === undefined ? '–' : numberText(batch.pictures)}</td>
                <td class="number">{batch.failed === undefined ? '–' : numberText(batch.failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
