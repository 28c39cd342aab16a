// Reads a Bicep file into what the guards ask about: its declarations, and what each of them refers to.
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));

const kinds = {
  parameter_declaration: 'param',
  variable_declaration: 'var',
  resource_declaration: 'resource',
  module_declaration: 'module',
  output_declaration: 'output',
};

/**
 * @returns {{root, errors: {line: number, text: string}[], declarations: object[]}} A declaration has kind, name, line, node (the whole of
 * it), value (its expression or body) and decorators (by name, each with its arguments as nodes); a resource or module also has target
 * (its type, or its path) and isExisting; a param has type and isRequired.
 */
export function readBicep(text) {
  const root = parser.parse(text).rootNode;
  const declarations = [];
  let decorators = {};
  for (const node of root.namedChildren) {
    if (node.type === 'decorators') decorators = readDecorators(node);
    else if (kinds[node.type]) {
      declarations.push(readDeclaration(node, decorators));
      decorators = {};
    }
  }
  return { root, errors: findErrors(root), declarations };
}

export const lineOf = node => node.startPosition.row + 1;

/** The text of a string without interpolation; null for anything else. */
export function literal(node) {
  if (node?.type !== 'string' || node.namedChildren.some(child => child.type === 'interpolation')) return null;
  return node.text.slice(1, -1);
}

/** The properties of an object, as {name, value, line}. */
export const propertiesOf = object =>
  object.namedChildren
    .filter(child => child.type === 'object_property')
    .map(child => ({ name: literal(child.namedChildren[0]) ?? child.namedChildren[0].text, value: child.namedChildren[1], line: lineOf(child) }));

/** The object that is deployed: the body itself, or what stands behind its if or for. */
export function bodyOf(node) {
  return node && ['if_statement', 'for_statement'].includes(node.type) ? bodyOf(node.namedChildren.at(-1)) : node;
}

/** Every node below, and the node itself. */
export function* everyNode(node) {
  yield node;
  for (const child of node.namedChildren) yield* everyNode(child);
}

function readDecorators(node) {
  const calls = node.namedChildren.map(decorator => decorator.namedChildren[0]).filter(call => call?.type === 'call_expression');
  return Object.fromEntries(calls.map(call => [call.namedChildren[0].text, call.namedChildren[1]?.namedChildren ?? []]));
}

function readDeclaration(node, decorators) {
  const [name, second, third] = node.namedChildren;
  const declaration = { kind: kinds[node.type], name: name.text, line: lineOf(node), node, decorators, value: second };
  if (declaration.kind === 'param') Object.assign(declaration, { type: second?.text, value: third, isRequired: !third && !second?.text.endsWith('?') });
  if (declaration.kind === 'output') declaration.value = third;
  if (['resource', 'module'].includes(declaration.kind))
    Object.assign(declaration, { target: literal(second), value: third, isExisting: node.children.some(child => child.text === 'existing') });
  return declaration;
}

function findErrors(root) {
  if (!root.hasError) return [];
  const errors = [];
  const visit = node => {
    if (node.isError || node.isMissing) errors.push({ line: lineOf(node), text: node.isMissing ? `missing ${node.type}` : node.text.split('\n')[0].slice(0, 60) });
    else node.children.forEach(visit);
  };
  visit(root);
  return errors;
}
