import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../words/words.ts'
import { Icon } from './Icon.tsx'

interface DialogProps {
  title: string
  children: ComponentChildren
  class?: string
  /** Without it the dialog cannot be closed. */
  onClose?: () => void
}

/** A modal dialog. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, children, class: className, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      class={className}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose?.()
      }}
    >
      {onClose && (
        <button type="button" class="icon-button dialog-close" aria-label={words.value.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
      {children}
    </dialog>
  )
}
