import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface FieldProps {
  label: string
  children: (id: string) => ComponentChildren
  class?: string
}

/** A labelled control. */
export function Field({ label, children, class: className = '' }: FieldProps) {
  const id = useId()
  return (
    <div class={`field ${className}`}>
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  )
}

interface TextFieldProps {
  label: string
  value: Signal<string>
  hint?: string
  type?: 'text' | 'number' | 'password'
  min?: number
  max?: number
  step?: number
  class?: string
}

/** A labelled line of text, bound to a signal. */
export function TextField({ label, value, hint, type = 'text', class: className, ...limits }: TextFieldProps) {
  return (
    <Field label={label} {...(className ? { class: className } : {})}>
      {(id) => (
        <input
          id={id}
          // The types of Preact want one literal here, because other attributes depend on it.
          type={type as 'text'}
          {...limits}
          placeholder={hint}
          value={value.value}
          onInput={(event) => {
            value.value = event.currentTarget.value
          }}
        />
      )}
    </Field>
  )
}
