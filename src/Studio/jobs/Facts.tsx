import { useEffect, useState } from 'preact/hooks'
import { getSidecar } from '../api/jobs.ts'
import type { Job, Picture, Sidecar } from '../api/types.ts'
import { words } from '../words/words.ts'
import { others, parameters } from './factTexts.ts'

interface FactsProps {
  job: Job
  picture: Picture | undefined
}

/** What was asked beside what was delivered, and the facts of the file. The delivered values come from the sidecar. */
export function Facts({ job, picture }: FactsProps) {
  const sidecar = useSidecar(picture?.sidecarUrl)
  const say = words.value.details
  const warnings = [...job.warnings, ...(picture?.warnings ?? [])]
  return (
    <>
      {warnings.map((warning) => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
      <table class="facts">
        <thead>
          <tr>
            <td />
            <th scope="col">{say.asked}</th>
            <th scope="col">{say.delivered}</th>
          </tr>
        </thead>
        <tbody>
          {parameters(job, sidecar, say).map((fact) => (
            <tr key={fact.name} class={fact.differs ? 'facts-differ' : ''}>
              <th scope="row">{fact.name}</th>
              <td>{fact.asked || <span class="quiet">{say.chosen}</span>}</td>
              <td>{fact.delivered || <span class="quiet">{say.same}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl class="facts-list">
        {others(job, picture, sidecar, say).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function useSidecar(url: string | undefined): Sidecar | undefined {
  const [known, setKnown] = useState<{ url: string; sidecar: Sidecar }>()
  useEffect(() => {
    if (!url) return
    let isCurrent = true
    getSidecar(url).then(
      (sidecar) => isCurrent && setKnown({ url, sidecar }),
      // Without a sidecar the table shows only what was asked.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [url])
  return known?.url === url ? known?.sidecar : undefined
}
