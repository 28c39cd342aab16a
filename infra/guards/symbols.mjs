// Every name that is used is declared, once, and every name that is declared is used. What is deployed need not be referred to.
import { lineOf, readBicep } from './bicep.mjs';
import { ending } from './project.mjs';
import { referencesIn } from './references.mjs';

const namespaces = new Set(['az', 'sys']);

export function symbols(project) {
  return ending(project, '.bicep').flatMap(([path, text]) => inFile(path, readBicep(text).declarations));
}

function inFile(path, declarations) {
  const named = declarations.filter(declaration => declaration.kind !== 'output');
  const names = new Set(named.map(declaration => declaration.name));
  const problems = [];
  const used = new Set();
  for (const declaration of declarations) {
    const decorators = Object.values(declaration.decorators).flat();
    for (const reference of [declaration.value, ...decorators].flatMap(node => referencesIn(node))) {
      if (reference.text !== declaration.name) used.add(reference.text);
      if (!names.has(reference.text) && !namespaces.has(reference.text)) problems.push(`${path}:${lineOf(reference)}: "${reference.text}" is not declared`);
    }
  }

  const seen = new Set();
  for (const { kind, name, line, isExisting } of named) {
    if (seen.has(name)) problems.push(`${path}:${line}: "${name}" is declared twice`);
    seen.add(name);
    if (!used.has(name) && (kind === 'param' || kind === 'var' || isExisting)) problems.push(`${path}:${line}: the ${kind} "${name}" is not used`);
  }

  return problems;
}
