// Every function that is called exists, and no declaration takes the name of one: Bicep looks among the declarations first, so that with a
// variable "allowed" in the file the decorator @allowed is no function any more.
import { everyNode, lineOf, readBicep } from './bicep.mjs';
import { ending } from './project.mjs';
import { table } from './table.mjs';

export function names(project, reserved = table('bicep-names')) {
  const kinds = Object.entries(reserved).map(([kind, list]) => [kind.slice(0, -1), new Set(list)]);
  const callable = new Set([...reserved.functions, ...reserved.decorators]);
  return ending(project, '.bicep').flatMap(([path, text]) => {
    const { root, declarations } = readBicep(text);
    const taken = declarations
      .filter(({ kind }) => kind !== 'output')
      .flatMap(({ kind, name, line }) => kinds.filter(([, list]) => list.has(name)).map(([what]) => `${path}:${line}: the ${kind} "${name}" has the name of a ${what}`));
    const unknown = [...everyNode(root)]
      .filter(node => node.type === 'call_expression' && node.namedChildren[0].type === 'identifier' && !callable.has(node.namedChildren[0].text))
      .map(node => `${path}:${lineOf(node)}: there is no function ${node.namedChildren[0].text}`);
    return [...taken, ...unknown];
  });
}
