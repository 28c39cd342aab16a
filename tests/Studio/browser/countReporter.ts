import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Prints the line that `darkroom test` adds up. */
export default class CountReporter implements Reporter {
  #passed = 0
  #failed = 0

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus) this.#passed += 1
    else this.#failed += 1
  }

  /** An error outside a test, such as a file that could not be loaded. */
  onError(): void {
    this.#failed += 1
  }

  onEnd(): void {
    console.log(`${this.#passed} passed, ${this.#failed} failed`)
  }
}
