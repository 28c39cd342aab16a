// The tables that guards compare with. They are facts with a source or a reason, kept apart from the code that checks.
import { readFileSync } from 'node:fs';

export const table = name => JSON.parse(readFileSync(new URL(`tables/${name}.json`, import.meta.url), 'utf8'));
