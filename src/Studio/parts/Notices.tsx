import { isLost } from '../live/live.ts'
import { words } from '../words/words.ts'
import { Icon } from './Icon.tsx'
import { dismiss, notices } from './notify.ts'

export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {isLost.value && <p class="notice notice-lost">{words.value.lost}</p>}
      {notices.value.map((notice) => (
        <p key={notice.id} class={notice.isError ? 'notice notice-error' : 'notice'}>
          <span>{notice.text}</span>
          <button type="button" class="icon-button" aria-label={words.value.close} onClick={() => dismiss(notice)}>
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  )
}
