import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from './settings-page.mjs';

test('settings-page: reads names, defaults and what has none', () => {
  const page = '# Settings\n\n| name | type | default | meaning |\n|---|---|---|---|\n| `A` | text | – | One \\| two. |\n| `B__C` | number | `2` | Three. |\n| `D` | text |  | Four. |\n';
  assert.deepEqual(
    readSettings(page).map(({ name, default: value }) => [name, value]),
    [['A', null], ['B__C', '2'], ['D', null]],
  );
});
