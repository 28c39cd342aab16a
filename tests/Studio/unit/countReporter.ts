import type { Reporter, TestModule } from 'vitest/node'

/** Prints the line that `darkroom test` adds up. A file that could not be loaded counts as a failure. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const unloaded = modules.filter((module) => module.errors().length > 0).length
    console.log(`${passed} passed, ${tests.length - passed + unloaded + errors.length} failed`)
  }
}
