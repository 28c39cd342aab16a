import type { Job, Picture } from '../api/types.ts'
import { isRunning } from '../api/types.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { words } from '../words/words.ts'
import { again, cancel, download, resubmit, seedOf, useAsEditImage } from './actions.ts'
import { resubmitText } from './texts.ts'

interface Look {
  /** Whether the buttons show their text beside the symbol. */
  isLarge?: boolean
}

/** What can be done with a job. */
export function JobActions({ job, isLarge = false }: { job: Job } & Look) {
  const { job: say } = words.value
  const tryAgain = resubmitText(job)
  return (
    <>
      {isRunning(job) && !job.cancelRequested && <Action icon="close" text={say.cancel} isLarge={isLarge} on={() => cancel(job)} />}
      {tryAgain && <Action icon="again" text={tryAgain} isLarge={isLarge} on={() => resubmit(job)} />}
      {!isRunning(job) && <Action icon="plus" text={say.again} isLarge={isLarge} on={() => again(job)} />}
    </>
  )
}

/** What can be done with one picture of a job. */
export function PictureActions({ job, picture, isLarge = false }: { job: Job; picture: Picture } & Look) {
  const { job: say } = words.value
  const seed = seedOf(job, picture)
  return (
    <>
      {seed !== undefined && <Action icon="seed" text={say.againWithSeed} isLarge={isLarge} on={() => again(job, seed)} />}
      <Action icon="edit" text={say.useAsEdit} isLarge={isLarge} on={() => useAsEditImage(picture)} />
      <Action icon="download" text={say.download} isLarge={isLarge} on={() => download(picture)} />
    </>
  )
}

interface ActionProps {
  icon: IconName
  text: string
  isLarge: boolean
  on: () => Promise<void>
}

function Action({ icon, text, isLarge, on }: ActionProps) {
  return (
    <button
      type="button"
      class={isLarge ? 'button-small' : 'icon-button'}
      aria-label={isLarge ? undefined : text}
      title={isLarge ? undefined : text}
      onClick={() => void on()}
    >
      <Icon name={icon} />
      {isLarge && text}
    </button>
  )
}
