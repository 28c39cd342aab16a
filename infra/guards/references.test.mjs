import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBicep } from './bicep.mjs';
import { referencesIn } from './references.mjs';

const of = expression => referencesIn(readBicep(`var x = ${expression}\n`).declarations[0].value).map(node => node.text);

test('references: names, and not keys, functions or members', () => {
  assert.deepEqual(of('{ a: b, c: d.e.f, g: h(i) }'), ['b', 'd', 'i']);
});
test('references: within texts', () => {
  assert.deepEqual(of("'a${b}c${d.e}'"), ['b', 'd']);
});
test('references: not what a lambda or a loop brings along', () => {
  assert.deepEqual(of('map(a, b => { c: b, d: e })'), ['a', 'e']);
  assert.deepEqual(of('[for a in b: { c: a, d: e }]'), ['b', 'e']);
  assert.deepEqual(of('[for (a, i) in b: { c: a, d: i, e: f }]'), ['b', 'f']);
});
test('references: through conditions, calls of members, indexes and assertions', () => {
  assert.deepEqual(of('a ? b!.c : [d[e], f.g(h)]'), ['a', 'b', 'd', 'e', 'f', 'h']);
});
