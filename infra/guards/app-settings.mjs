// The app's settings, as Bicep sets them and as the code reads them, are the same ones. What is set is every object in a variable whose
// name ends with "Settings", in infra/app.
import { everyNode, propertiesOf, readBicep } from './bicep.mjs';
import { readSettings } from './settings-page.mjs';
import { table } from './table.mjs';

export function appSettings(project, known = table('app-settings')) {
  const set = settingsInBicep(project);
  const read = readSettings(project.get('docs/settings.md'));
  if (read.length === 0) return ['docs/settings.md: no table of settings'];
  if (set.length === 0) return ['infra/app: no settings are set'];
  const isRead = name => read.some(setting => setting.name === name);
  const isSet = name => set.some(setting => setting.name === name);

  return [
    ...set.filter(({ name }) => name in known.refused).map(({ path, line, name }) => `${path}:${line}: ${name} must not be set: ${known.refused[name]}`),
    ...set
      .filter(({ name }) => !isRead(name) && !(name in known.platform) && !(name in known.ahead) && !(name in known.refused))
      .map(({ path, line, name }) => `${path}:${line}: nothing reads ${name}`),
    ...read
      .filter(({ name, default: value }) => value === null && !isSet(name) && !(name in known.optional))
      .map(({ name }) => `infra/app: ${name} has no default, is not set, and is not among the optional ones`),
    ...Object.keys(known.ahead).filter(isRead).map(name => `tables/app-settings.json: the code reads ${name} by now: it is not ahead any more`),
    ...Object.keys(known.ahead).filter(name => !isSet(name)).map(name => `tables/app-settings.json: ${name} is said to be set ahead of the code, and is not set`),
  ];
}

function settingsInBicep(project) {
  return [...project]
    .filter(([path]) => path.startsWith('infra/app/') && path.endsWith('.bicep'))
    .flatMap(([path, text]) =>
      readBicep(text)
        .declarations.filter(({ kind, name }) => kind === 'var' && name.endsWith('Settings'))
        .flatMap(({ value }) => [...everyNode(value)].filter(node => node.type === 'object'))
        .flatMap(propertiesOf)
        .map(({ name, line }) => ({ path, name, line })),
    );
}
