import { downloadZip } from 'client-zip'
import { batchLines } from '../api/batches.ts'
import { refusalOf, send } from '../api/call.ts'

/** The pictures of a batch as one zip file, each named by its line. Pictures are fetched one after the other while the file is written. */
export async function zipOf(id: string, onProgress: (done: number, total: number) => void): Promise<Blob> {
  const lines = await batchLines(id, 'results')
  const pictures = lines.flatMap((line) => (line.images ?? []).map((picture) => ({ line, picture })))
  async function* files() {
    let done = 0
    for (const { line, picture } of pictures) {
      onProgress(done++, pictures.length)
      const answer = await send(picture.url)
      if (!answer.ok) throw await refusalOf(answer)
      const number = String(line.line).padStart(5, '0')
      const extension = picture.contentType.split('/')[1]?.replace('jpeg', 'jpg') ?? 'bin'
      yield { name: `${number}-${line.customId ?? line.index}-${picture.index}.${extension}`, input: answer }
    }
  }
  return downloadZip(files()).blob()
}
