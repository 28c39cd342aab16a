import { call, post } from './call.ts'
import type { Gate, Models, Usage, UsageBy } from './types.ts'

export const getModels = (): Promise<Models> => call('/api/models')

export const pauseGate = (reason: string): Promise<Gate> => post('/api/gate/pause', reason ? { reason } : {})

export const resumeGate = (): Promise<Gate> => post('/api/gate/resume', undefined)

export const getUsage = (from: string, to: string, by: UsageBy): Promise<Usage> =>
  call(`/api/usage?${new URLSearchParams({ from, to, by })}`)
