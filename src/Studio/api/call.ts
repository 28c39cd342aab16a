import { anotherKey, key } from './key.ts'
import type { Problem } from './types.ts'

/** A call that the server refused, or that did not reach it. */
export class CallError extends Error {
  readonly status: number
  readonly problem: Problem | undefined

  constructor(message: string, status: number, problem?: Problem) {
    super(message)
    this.status = status
    this.problem = problem
  }
}

/** Sends a request with the key of the user. If the server needs another key, it waits for one and tries again. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const used = key.value
    const headers = new Headers(init.headers)
    if (used) headers.set('x-functions-key', used)
    const answer = await fetch(path, { ...init, headers })
    if (answer.status !== 401) return answer
    if (key.value === used) await anotherKey()
  }
}

/** Sends a request and returns the JSON of the answer. A refusal is thrown as CallError. */
export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await send(path, init)
  if (!answer.ok) throw await refusalOf(answer)
  return (await answer.json()) as T
}

/** Posts JSON. */
export function post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const init =
    body === undefined ? { headers } : { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  return call<T>(path, { method: 'POST', ...init })
}

export async function refusalOf(answer: Response): Promise<CallError> {
  const isProblem = answer.headers.get('Content-Type')?.startsWith('application/problem+json')
  const problem = isProblem ? ((await answer.json()) as Problem) : undefined
  return new CallError(problem?.detail ?? `${answer.status} ${answer.statusText}`, answer.status, problem)
}
