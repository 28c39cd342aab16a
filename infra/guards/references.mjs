// The names that an expression refers to, leaving out those it brings along itself (of lambdas and loops), keys, and functions.
export function referencesIn(node, locals = new Set()) {
  if (!node) return [];
  switch (node.type) {
    case 'identifier':
      return locals.has(node.text) ? [] : [node];
    case 'type':
    case 'comment':
      return [];
    case 'object_property': {
      const [key, value] = node.namedChildren;
      return [...(key.type === 'string' ? referencesIn(key, locals) : []), ...referencesIn(value, locals)];
    }
    case 'member_expression':
      return referencesIn(node.namedChildren[0], locals);
    case 'call_expression': {
      const [called, ...rest] = node.namedChildren;
      return [...(called.type === 'identifier' ? [] : referencesIn(called, locals)), ...rest.flatMap(child => referencesIn(child, locals))];
    }
    case 'lambda_expression': {
      const body = node.namedChildren.at(-1);
      return referencesIn(body, withNames(locals, node.namedChildren.slice(0, -1)));
    }
    case 'for_statement': {
      const [items, body] = node.namedChildren.slice(-2);
      return [...referencesIn(items, locals), ...referencesIn(body, withNames(locals, node.namedChildren.slice(0, -2)))];
    }
    default:
      return node.namedChildren.flatMap(child => referencesIn(child, locals));
  }
}

function withNames(locals, nodes) {
  const names = nodes.flatMap(node => (node.type === 'identifier' ? [node.text] : node.namedChildren.map(child => child.text)));
  return new Set([...locals, ...names]);
}
