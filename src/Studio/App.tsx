import { effect } from '@preact/signals'
import { Batches } from './batches/Batches.tsx'
import { BatchView } from './batches/BatchView.tsx'
import { Gallery } from './gallery/Gallery.tsx'
import { Header } from './Header.tsx'
import { Details } from './jobs/Details.tsx'
import { KeyPrompt } from './KeyPrompt.tsx'
import { MakeView } from './make/MakeView.tsx'
import { Notices } from './parts/Notices.tsx'
import { place } from './parts/router.ts'
import { UsageView } from './usage/UsageView.tsx'
import { language, words } from './words/words.ts'

/** The whole page: the header, one view by the path, and the details of a job above it. */
export function App() {
  const { path, query } = place.value
  const job = query.get('job')
  return (
    <>
      <a class="skip" href="#main">
        {words.value.skip}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <View path={path} />
      </main>
      {job && <Details key={job} id={job} picture={Number(query.get('picture') ?? 0)} />}
      <KeyPrompt />
      <Notices />
    </>
  )
}

function View({ path }: { path: string }) {
  const batch = /^\/batches\/([\w.-]+)$/.exec(path)?.[1]
  if (batch) return <BatchView key={batch} id={batch} />
  switch (path) {
    case '/gallery':
      return <Gallery />
    case '/batches':
      return <Batches />
    case '/usage':
      return <UsageView />
    default:
      return <MakeView />
  }
}

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  const { nav, title } = words.value
  const view = (nav as Record<string, string>)[place.value.path.split('/')[1] ?? '']
  document.title = view ? `${view} · ${title}` : title
})
