// A role's GUID says nothing to a reader, so it stands in a variable that is named for the role; the table says whether name and GUID
// belong together. An assignment is named after the role it assigns.
import { bodyOf, everyNode, lineOf, literal, propertiesOf, readBicep } from './bicep.mjs';
import { ending } from './project.mjs';
import { table } from './table.mjs';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const camelCase = name => name.replace(/ /g, '').replace(/^./, first => first.toLowerCase());

export function roles(project, known = table('roles')) {
  const problems = [];
  const used = new Set();
  for (const [path, text] of ending(project, '.bicep')) {
    const { root, declarations } = readBicep(text);
    const roleVariables = new Set();
    for (const { kind, name, value, line } of declarations) {
      if (kind !== 'var' || !guid.test(literal(value) ?? '')) continue;
      roleVariables.add(name);
      const role = Object.keys(known).find(role => known[role] === literal(value));
      used.add(role);
      if (!role) problems.push(`${path}:${line}: ${literal(value)} is in no table of roles`);
      else if (camelCase(role) !== name) problems.push(`${path}:${line}: ${literal(value)} is "${role}", and the variable is called ${name}`);
    }

    for (const node of everyNode(root))
      if (guid.test(literal(node) ?? '') && node.parent.type !== 'variable_declaration') problems.push(`${path}:${lineOf(node)}: a GUID without a name`);
    for (const { target, value, line } of declarations)
      if (target?.startsWith('Microsoft.Authorization/roleAssignments@')) problems.push(...assignmentProblems(path, line, bodyOf(value), roleVariables));
  }

  return [...problems, ...Object.keys(known).filter(role => !used.has(role)).map(role => `tables/roles.json: nothing has the role "${role}"`)];
}

function assignmentProblems(path, line, body, roleVariables) {
  const named = propertiesOf(body);
  const assigned = propertiesOf(named.find(({ name }) => name === 'properties').value).find(({ name }) => name === 'roleDefinitionId')?.value;
  const mentions = node => [...everyNode(node)].filter(child => child.type === 'identifier' && roleVariables.has(child.text)).map(child => child.text);
  const roles = assigned ? mentions(assigned) : [];
  if (roles.length !== 1) return [`${path}:${line}: the assignment does not name one role`];
  const inName = mentions(named.find(({ name }) => name === 'name').value);
  return inName.includes(roles[0]) ? [] : [`${path}:${line}: the assignment of ${roles[0]} is named after ${inName[0] ?? 'no role'}`];
}
