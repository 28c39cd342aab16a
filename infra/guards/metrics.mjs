// Alerts and workbook ask for metrics and tags that the app emits, by the names it emits them under.
import { ending, lineOf } from './project.mjs';
import { table } from './table.mjs';

export function metrics(project, known = table('metrics')) {
  const asking = [...ending(project, '.kql'), ...ending(project, 'workbook.json')];
  const problems = [];
  const asked = new Set();
  for (const [path, text] of asking) {
    for (const { 0: name, index } of text.matchAll(/darkroom\.[a-z.]*[a-z]/g)) {
      asked.add(name);
      if (!(name in known)) problems.push(`${path}:${lineOf(text, index)}: there is no metric ${name}`);
    }
    const tags = new Set(Object.values(known).flat());
    for (const { 1: tag, index } of text.matchAll(/customDimensions\['(\w+)'\]/g)) if (!tags.has(tag)) problems.push(`${path}:${lineOf(text, index)}: there is no tag ${tag}`);
  }

  const inCode = new Set([...project].filter(([path]) => path.endsWith('.cs')).flatMap(([, text]) => [...text.matchAll(/\bCreate\w+(?:<\w+>)?\(\s*"(darkroom\.[a-z.]+)"/g)].map(([, name]) => name)));
  return [
    ...problems,
    ...Object.keys(known).filter(name => !asked.has(name)).map(name => `infra/monitoring: nothing shows the metric ${name}`),
    ...[...inCode].filter(name => !(name in known)).map(name => `tables/metrics.json: the code measures ${name}`),
    // Until the code measures anything there is nothing to compare with.
    ...(inCode.size === 0 ? [] : Object.keys(known).filter(name => !inCode.has(name)).map(name => `src/Functions: nothing measures ${name}`)),
  ];
}
