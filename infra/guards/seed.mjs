// The two things to say of a guard: it holds for the project as it is, and it is red for a mistake that is put into it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProject } from './project.mjs';

const project = readProject();

export function holds(guard) {
  test(`${guard.name}: holds`, () => assert.deepEqual(guard(project), []));
}

/** Puts `mistake` in the place of `text` in the file (behind everything if `text` is null), and expects the one problem. */
export function catches(guard, what, path, text, mistake, expected) {
  test(`${guard.name}: catches ${what}`, () => {
    const before = project.get(path) ?? '';
    assert.ok(text === null || before.includes(text), `${path} has no ${JSON.stringify(text)} to put the mistake into`);
    const after = text === null ? before + mistake : before.replace(text, () => mistake);
    const problems = guard(new Map(project).set(path, after));
    assert.ok(problems.some(problem => expected.test(problem)), `expected ${expected} among:\n${problems.join('\n') || '(no problem)'}`);
  });
}

/** The same for a file that is taken away. */
export function misses(guard, path, expected) {
  test(`${guard.name}: catches that ${path} is gone`, () => {
    const without = new Map(project);
    assert.ok(without.delete(path), `${path} is not there anyway`);
    const problems = guard(without);
    assert.ok(problems.some(problem => expected.test(problem)), `expected ${expected} among:\n${problems.join('\n') || '(no problem)'}`);
  });
}
