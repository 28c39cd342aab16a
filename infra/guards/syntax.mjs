// Every Bicep file parses. The grammar is tree-sitter's: it knows the syntax, not the types. Those, az bicep build checks in CI.
import { readBicep } from './bicep.mjs';
import { ending } from './project.mjs';

export function syntax(project) {
  return ending(project, '.bicep').flatMap(([path, text]) => readBicep(text).errors.map(error => `${path}:${error.line}: does not parse: ${error.text}`));
}
