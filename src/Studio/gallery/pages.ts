import { signal } from '@preact/signals'
import { listJobs, type JobFilter } from '../api/jobs.ts'
import type { Job, Picture } from '../api/types.ts'
import { attempt } from '../parts/notify.ts'

const pageSize = 120

/** A picture of the gallery, with its job. */
export interface Tile {
  job: Job
  picture: Picture
}

/** The pictures that match a filter, loaded page by page. */
export class Pages {
  readonly tiles = signal<readonly Tile[]>([])
  readonly isLoading = signal(false)
  readonly isComplete = signal(false)
  #token: string | undefined
  readonly #filter: JobFilter

  constructor(filter: JobFilter) {
    this.#filter = filter
  }

  /** Loads until there is at least one more picture, or no more page: a page may have jobs without pictures only. */
  async more(): Promise<void> {
    if (this.isLoading.value || this.isComplete.value) return
    this.isLoading.value = true
    const before = this.tiles.value.length
    try {
      while (!this.isComplete.value && this.tiles.value.length === before) {
        const page = await attempt(() => listJobs(this.#filter, pageSize, this.#token))
        if (!page) return
        this.#token = page.continuationToken
        this.isComplete.value = !page.continuationToken
        const tiles = page.items.flatMap((job) => job.images.map((picture) => ({ job, picture })))
        this.tiles.value = [...this.tiles.value, ...tiles]
      }
    } finally {
      this.isLoading.value = false
    }
  }
}
