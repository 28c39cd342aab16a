import type { BatchFile } from '../api/batches.ts'

const types: Record<string, string> = {
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
}

/** The extensions that a batch can have, for the file dialog. */
export const extensions = Object.keys(types)
  .map((extension) => `.${extension}`)
  .join(',')

/** A file as a batch. The extension decides the format; a file with another extension is taken as one prompt a line. */
export function batchFileOf(file: File): BatchFile {
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  return { name: file.name, contentType: types[extension] ?? 'text/plain', content: file }
}

/** A line of a file, with what is wrong with it. */
export interface CheckedLine {
  line: number
  text: string
  problems: string[]
  /** The first line of a CSV file names its columns. */
  isHeader: boolean
}

/**
 * The first lines of a file and all lines with a problem, in order. Blank lines, and comments in a text file, are left out unless they
 * have a problem. A JSON document
 * has no lines of its own: only its problems are listed, by the number of the item.
 */
export function checkedLines(
  text: string,
  contentType: string,
  invalid: readonly { line: number; field: string; message: string }[],
  most: number,
): { lines: CheckedLine[]; hidden: number } {
  const problems = new Map<number, string[]>()
  for (const { line, field, message } of invalid)
    problems.set(line, [...(problems.get(line) ?? []), field ? `${field}: ${message}` : message])
  const texts = contentType === 'application/json' ? [] : text.split(/\r\n|\n|\r/)
  const numbers = new Set([...problems.keys(), ...texts.flatMap((one, at) => (isItem(one, contentType) ? [at + 1] : []))])
  const all = [...numbers].sort((one, other) => one - other)
  const shown = all.filter((line, at) => at < most || problems.has(line))
  const header = contentType === 'text/csv' ? all.find((line) => texts[line - 1]?.trim()) : undefined
  const lines = shown.map((line) => ({
    line,
    text: texts[line - 1] ?? '',
    problems: problems.get(line) ?? [],
    isHeader: line === header && !problems.has(line),
  }))
  return { lines, hidden: all.length - shown.length }
}

const isItem = (line: string, contentType: string): boolean =>
  line.trim() !== '' && !(contentType === 'text/plain' && line.trimStart().startsWith('#'))
