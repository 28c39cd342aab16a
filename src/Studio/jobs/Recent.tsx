import { useEffect } from 'preact/hooks'
import { jobState } from '../live/states.ts'
import { words } from '../words/words.ts'
import { JobCard } from './JobCard.tsx'
import { loadRecent, recent } from './recentJobs.ts'

/** The newest jobs as cards. */
export function Recent() {
  useEffect(() => void loadRecent(), [])
  const { recent: say, loading } = words.value
  const ids = recent.value
  return (
    <section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">{say.title}</h2>
      {ids === undefined && <p class="quiet">{loading}</p>}
      {ids?.length === 0 && <p class="quiet empty">{say.none}</p>}
      <div class="cards">
        {ids?.map((id) => {
          const state = jobState(id)
          return state && <JobCard key={id} state={state} />
        })}
      </div>
    </section>
  )
}
