// What a stranger copies to local.settings.json: only settings that exist, and a placeholder for the token.
import { lineOf } from './project.mjs';
import { readSettings } from './settings-page.mjs';
import { table } from './table.mjs';

const path = 'local.settings.sample.json';

export function sampleSettings(project, known = table('app-settings')) {
  const text = project.get(path);
  const sample = JSON.parse(text);
  const names = new Set([...readSettings(project.get('docs/settings.md')).map(({ name }) => name), ...Object.keys(known.platform), ...Object.keys(known.optional)]);
  const at = name => `${path}:${lineOf(text, text.indexOf(`"${name}"`))}`;
  return [
    ...(sample.IsEncrypted === false ? [] : [`${path}: IsEncrypted must be false, or Core Tools takes the values for encrypted ones`]),
    ...Object.entries(sample.Values).filter(([name]) => !names.has(name)).map(([name]) => `${at(name)}: ${name} is no setting`),
    ...Object.entries(sample.Values)
      .filter(([name, value]) => /TOKEN|SECRET|KEY/i.test(name) && !/^<.*>$/.test(value))
      .map(([name]) => `${at(name)}: ${name} must be a placeholder in angle brackets`),
  ];
}
