// Every resource has the API version that the table names for its type: one list to look at, and one to bring up to date.
import { readBicep } from './bicep.mjs';
import { ending } from './project.mjs';
import { table } from './table.mjs';

export function apiVersions(project, allowed = table('api-versions')) {
  const problems = [];
  const used = new Set();
  for (const [path, text] of ending(project, '.bicep')) {
    for (const { kind, target, line } of readBicep(text).declarations) {
      if (kind !== 'resource') continue;
      const [type, version] = (target ?? '').split('@');
      used.add(type);
      if (!(type in allowed)) problems.push(`${path}:${line}: ${type} is not in the table of API versions`);
      else if (allowed[type] !== version) problems.push(`${path}:${line}: ${type}@${version} should be @${allowed[type]}`);
    }
  }

  return [...problems, ...Object.keys(allowed).filter(type => !used.has(type)).map(type => `tables/api-versions.json: nothing is of type ${type}`)];
}
