import { Link } from './parts/Link.tsx'
import { place } from './parts/router.ts'
import { theme, type Theme } from './theme.ts'
import { language, useLanguage, words, type Language } from './words/words.ts'

const views = [
  ['/', 'make'],
  ['/gallery', 'gallery'],
  ['/batches', 'batches'],
  ['/usage', 'usage'],
] as const

export function Header() {
  const { nav, title } = words.value
  const { path } = place.value
  return (
    <header class="head">
      <Link to="/" class="brand">
        <img src="/studio/favicon.svg" alt="" width={26} height={26} />
        {title}
      </Link>
      <nav aria-label={nav.main}>
        {views.map(([to, name]) => (
          <Link key={to} to={to} isCurrent={to === '/' ? path === '/' : path.startsWith(to)}>
            {nav[name]}
          </Link>
        ))}
      </nav>
      <Choices />
    </header>
  )
}

function Choices() {
  const { theme: say, languageLabel } = words.value
  return (
    <div class="choices">
      <select
        aria-label={say.label}
        value={theme.value}
        onChange={(event) => {
          theme.value = event.currentTarget.value as Theme
        }}
      >
        <option value="system">{say.system}</option>
        <option value="light">{say.light}</option>
        <option value="dark">{say.dark}</option>
      </select>
      <select aria-label={languageLabel} value={language.value} onChange={(event) => useLanguage(event.currentTarget.value as Language)}>
        <option value="en">English</option>
        <option value="zh">中文</option>
      </select>
    </div>
  )
}
