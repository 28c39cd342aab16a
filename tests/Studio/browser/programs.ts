import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** A program of this checkout that runs beside the tests. */
export class Program {
  readonly #process: ChildProcess
  readonly #lines: string[] = []
  #waiting: (() => void)[] = []

  constructor(project: string, args: string[], environment: Record<string, string> = {}) {
    const assembly = join(root, 'src', project, 'bin', 'Release', 'net10.0', `Darkroom.${project}.dll`)
    this.#process = spawn('dotnet', [assembly, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const output of [this.#process.stdout!, this.#process.stderr!]) createInterface(output).on('line', (line) => this.#take(line))
    this.#process.on('exit', () => this.#wake())
  }

  /** Waits for a line of the output, and returns its match. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      for (const line of this.#lines) {
        const match = pattern.exec(line)
        if (match) return match
      }
      if (this.#process.exitCode !== null) throw new Error(`The program has ended:\n${this.#lines.join('\n')}`)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Ends the program and waits until it has ended. SIGKILL gives it no time to clean up. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.kill(signal)
    await ended
  }

  #take(line: string): void {
    this.#lines.push(line)
    this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

/** A port that was free a moment ago. The page must find the app again at the same address after a restart. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
