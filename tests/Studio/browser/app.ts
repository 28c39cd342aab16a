import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, Program } from './programs.ts'

interface AppOptions {
  /** How many times faster than ModelScope the simulator is. */
  speed?: number
  settings?: Record<string, string>
  requireKey?: boolean
}

/** Darkroom as `darkroom up` runs it: the app on LocalHost, Azurite, and a simulated ModelScope that survives a restart of the app. */
export class App {
  readonly url: string
  readonly upstream: string
  readonly state: string
  readonly #simulator: Program
  readonly #arguments: string[]
  readonly #environment: Record<string, string>
  #up: Program

  private constructor(port: number, simulator: Program, upstream: string, pictures: string, state: string, options: AppOptions) {
    this.url = `http://127.0.0.1:${port}`
    this.upstream = upstream
    this.state = state
    this.#simulator = simulator
    this.#arguments = ['up', '--upstream', upstream, '--port', String(port), '--storage-port', '0', '--state', state]
    if (options.requireKey) this.#arguments.push('--require-key')
    this.#environment = {
      MODELSCOPE_API_TOKEN: 'simulated',
      Darkroom__PictureHosts: pictures,
      Darkroom__AllowHttpPictures: 'true',
      Darkroom__Slots: '8',
      Darkroom__BalanceUrl: `${upstream}openapi/v1/magicubes/balance`,
      ...options.settings,
    }
    this.#up = this.#start()
  }

  static async start(options: AppOptions = {}): Promise<App> {
    const speed = String(options.speed ?? 20)
    const simulator = new Program('Simulator', ['--port', '0', '--picture-port', '0', '--slots', '64', '--speed', speed])
    const [, upstream, pictures] = await simulator.line(/^Simulated ModelScope: (http:\S+) \(pictures on http:\/\/([^\s/;]+)/)
    const state = await mkdtemp(join(tmpdir(), 'darkroom-studio-'))
    const app = new App(await freePort(), simulator, upstream!, pictures!, state, options)
    await app.#ready()
    return app
  }

  /** Kills the app and its storage without a warning, as a power cut does. */
  kill(): Promise<void> {
    return this.#up.end('SIGKILL')
  }

  /** Starts the app again on the same state and the same address. */
  async startAgain(): Promise<void> {
    this.#up = this.#start()
    await this.#ready()
  }

  async stop(): Promise<void> {
    await this.#up.end('SIGTERM')
    await this.#simulator.end('SIGTERM')
    await rm(this.state, { recursive: true, force: true })
  }

  /** Starts a job, or a finished one if the request says so. */
  async post(request: Record<string, unknown>): Promise<{ id: string; status: string }> {
    const headers = { 'Content-Type': 'application/json', Prefer: 'wait=60' }
    const answer = await fetch(`${this.url}/api/images`, { method: 'POST', headers, body: JSON.stringify(request) })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as { id: string; status: string }
  }

  /** The function key of an app that requires one. */
  async key(): Promise<string> {
    return (await readFile(join(this.state, 'key'), 'utf8')).trim()
  }

  /** Makes the simulator play a scenario for prompts that contain a text. */
  async scenario(prompt: string, scenario: string, times?: number): Promise<void> {
    const body = JSON.stringify({ prompt, scenario, times })
    await fetch(`${this.upstream}control/scenarios`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  }

  /** How many tasks were posted to the upstream for a prompt. */
  async posts(prompt: string): Promise<number> {
    const answer = await fetch(`${this.upstream}control/tasks`)
    const tasks = (await answer.json()) as { prompt: string }[]
    return tasks.filter((task) => task.prompt.startsWith(prompt)).length
  }

  #start(): Program {
    return new Program('Cli', this.#arguments, this.#environment)
  }

  async #ready(): Promise<void> {
    await this.#up.line(/^Ready: /)
  }
}
