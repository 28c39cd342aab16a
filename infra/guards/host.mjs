// host.json: keys that exist, values that the code, the Bicep and the documentation agree with.
import { literal, readBicep } from './bicep.mjs';
import { table } from './table.mjs';

const path = 'host.json';

export function host(project, keys = table('host-keys')) {
  const host = JSON.parse(project.get(path));
  const leaves = leavesOf(host);
  const durable = host.extensions?.durableTask ?? {};
  const main = readBicep(project.get('infra/main.bicep')).declarations;
  const hub = literal(main.find(({ kind, name }) => kind === 'var' && name === 'hubName')?.value);
  const slots = Number(main.find(({ kind, name }) => kind === 'param' && name === 'slots')?.decorators.maxValue?.[0]?.text);
  const must = (holds, problem) => (holds ? [] : [`${path}: ${problem}`]);
  return [
    ...leaves.filter(([key]) => !keys.some(known => known === key || (known.endsWith('.*') && key.startsWith(known.slice(0, -1))))).map(([key]) => `${path}: ${key} is no known key`),
    ...must(host.extensions?.http?.routePrefix === '', 'routePrefix must be "": the routes of the code are whole'),
    ...must(host.telemetryMode === 'OpenTelemetry', 'telemetryMode must be "OpenTelemetry": alerts read what the app measures'),
    ...must(/^\d+$/.test(durable.defaultVersion ?? ''), 'defaultVersion must be a whole number'),
    ...must(durable.hubName === hub, `hubName is "${durable.hubName}", and main.bicep calls the hub "${hub}"`),
    ...must(durable.maxConcurrentActivityFunctions >= slots, `maxConcurrentActivityFunctions is less than the ${slots} slots that main.bicep allows`),
    ...explained(project.get('docs/operations.md'), leaves),
  ];
}

const leavesOf = (value, key = '') =>
  value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, key ? `${key}.${name}` : name)) : [[key, value]];

function explained(page, leaves) {
  const rows = new Map([...page.matchAll(/^\| `([A-Za-z.]+)` \| `([^`]*)` \| (.*\S) \|$/gm)].map(([, key, value, why]) => [key, { value, why }]));
  return leaves
    .filter(([key, value]) => rows.get(key)?.value !== JSON.stringify(value))
    .map(([key, value]) => `docs/operations.md: the table has no line for ${key} with ${JSON.stringify(value)}`);
}
