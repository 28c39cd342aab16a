import { useState } from 'preact/hooks'
import { Icon } from '../parts/Icon.tsx'
import { language, words } from '../words/words.ts'
import { chosenStyles, form, sentPrompt, toggleStyle } from './form.ts'
import { addStyle, changeText, isOwn, removeStyle, styles, type Style } from './styles.ts'

/** Styles to extend the prompt with. The words of a chosen style can be changed, and the whole prompt is shown as it is sent. */
export function StyleChips() {
  const { make: say } = words.value
  const chosen = chosenStyles.value
  return (
    <fieldset class="styles">
      <legend>{say.styles}</legend>
      <div class="chips">
        {styles.value.map((style) => (
          <button
            key={style.id}
            type="button"
            class="chip"
            aria-pressed={form.styles.value.includes(style.id)}
            onClick={() => toggleStyle(style.id)}
          >
            {style.name[language.value]}
          </button>
        ))}
        <NewStyle />
      </div>
      {chosen.map((style) => (
        <StyleText key={style.id} style={style} />
      ))}
      {chosen.length > 0 && (
        <p class="sent-prompt">
          <span class="quiet">{say.sentPrompt}</span>
          <output>{sentPrompt.value}</output>
        </p>
      )}
    </fieldset>
  )
}

function StyleText({ style }: { style: Style }) {
  const { make: say } = words.value
  const name = style.name[language.value]
  return (
    <div class="style-text">
      <span>{name}</span>
      <input
        type="text"
        aria-label={say.styleText(name)}
        value={style.text}
        onInput={(event) => changeText(style, event.currentTarget.value)}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={say.removeStyle(name)}
        onClick={() => {
          toggleStyle(style.id)
          if (isOwn(style)) removeStyle(style)
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}

function NewStyle() {
  const [name, setName] = useState<string>()
  const { make: say } = words.value
  if (name === undefined) {
    return (
      <button type="button" class="chip chip-new" onClick={() => setName('')}>
        <Icon name="plus" />
        {say.addStyle}
      </button>
    )
  }
  const add = () => {
    if (name.trim()) toggleStyle(addStyle(name.trim()))
    setName(undefined)
  }
  return (
    <input
      type="text"
      class="chip-input"
      aria-label={say.styleName}
      placeholder={say.styleName}
      value={name}
      ref={(input) => input?.focus()}
      onInput={(event) => setName(event.currentTarget.value)}
      onBlur={add}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setName(undefined)
        if (event.key !== 'Enter') return
        event.preventDefault()
        add()
      }}
    />
  )
}
