import type { Job } from '../api/types.ts'
import { durationText, words } from '../words/words.ts'

/** What happened to a job, with the time since its start. */
export function JobTimeline({ job, isOpen }: { job: Job; isOpen: boolean }) {
  const { job: say, details } = words.value
  const begun = Date.parse(job.createdAt)
  return (
    <details class="timeline" open={isOpen}>
      <summary>{details.timeline}</summary>
      <ol>
        {job.timeline.map((entry) => (
          <li key={entry.n}>
            <time dateTime={entry.at}>{durationText(Math.max(0, Date.parse(entry.at) - begun) / 1000)}</time>
            <span>{(say.stage as Record<string, string>)[entry.stage] || say.status[entry.status]}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
