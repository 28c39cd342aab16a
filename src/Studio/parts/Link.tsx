import type { ComponentChildren } from 'preact'
import { base, go } from './router.ts'

interface LinkProps {
  to: string
  children: ComponentChildren
  class?: string | undefined
  label?: string | undefined
  isCurrent?: boolean
}

/** A link within the page. It is a real link: it can be opened in a new tab, copied and focused. */
export function Link({ to, children, class: className, label, isCurrent }: LinkProps) {
  return (
    <a
      href={base + to}
      class={className}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}
