import { EventSourceParserStream } from 'eventsource-parser/stream'
import { refusalOf, send } from '../api/call.ts'

export interface StreamEvent {
  event: string
  data: string
}

/** Reads a stream of Server-Sent Events until it ends. It uses fetch, because EventSource cannot send the key in a header. */
export async function* readEvents(path: string, end: AbortSignal): AsyncGenerator<StreamEvent> {
  const answer = await send(path, { headers: { Accept: 'text/event-stream' }, signal: end })
  if (!answer.ok || !answer.body) throw await refusalOf(answer)
  const events = answer.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream())
    .getReader()
  for (;;) {
    const { done, value } = await events.read()
    if (done) return
    yield { event: value.event ?? 'message', data: value.data }
  }
}
