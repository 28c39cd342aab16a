// What the guards look at: the project's files as text, by path. Reading them is done once, here; guards only compute.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

// Folders with the endings that matter in them, and files that stand alone.
const folders = {
  infra: /\.(bicep|json|kql|sh|ps1)$/,
  '.github/workflows': /\.ya?ml$/,
  'src/Functions': /\.cs$/,
  '.ci': /./,
};
const files = ['azure.yaml', 'darkroom', 'docs/operations.md', 'docs/settings.md', 'host.json', 'local.settings.sample.json'];
const skipped = new Set(['bin', 'obj', 'node_modules', 'guards']);

export function readProject() {
  const paths = [...files, ...Object.entries(folders).flatMap(([folder, ending]) => list(folder).filter(path => ending.test(path)))];
  return new Map(paths.sort().map(path => [path, readFileSync(join(root, path), 'utf8')]));
}

function list(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return skipped.has(entry.name) ? [] : list(path);
  });
}

/** The files whose path ends so, as [path, text]. */
export const ending = (project, end) => [...project].filter(([path]) => path.endsWith(end));

/** The number of the line that the offset is in. */
export const lineOf = (text, offset) => text.slice(0, offset).split('\n').length;
