import { GatePanel } from '../gate/GatePanel.tsx'
import { Recent } from '../jobs/Recent.tsx'
import { PromptForm } from './PromptForm.tsx'

/** The first view: the form, the gate at a glance, and the newest jobs. */
export function MakeView() {
  return (
    <div class="make">
      <PromptForm />
      <div class="make-results">
        <GatePanel />
        <Recent />
      </div>
    </div>
  )
}
