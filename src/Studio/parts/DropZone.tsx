import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

interface DropZoneProps {
  label: string
  accept: string
  isMultiple?: boolean
  children: ComponentChildren
  onFiles: (files: File[]) => void
}

/** A place to drop files. It is also a button that opens the file dialog, so a keyboard is enough. */
export function DropZone({ label, accept, isMultiple = false, children, onFiles }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false)
  return (
    <label
      class={isOver ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        onFiles([...(event.dataTransfer?.files ?? [])])
      }}
    >
      <input
        type="file"
        class="visually-hidden"
        aria-label={label}
        accept={accept}
        multiple={isMultiple}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file can be chosen again.
          event.currentTarget.value = ''
        }}
      />
      {children}
    </label>
  )
}
