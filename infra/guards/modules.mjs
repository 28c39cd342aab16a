// Modules fit together: the file is there, it is given what it asks for and nothing else, what is read from it is among its outputs, and
// no file or output is left that nobody uses.
import { posix } from 'node:path';
import { bodyOf, everyNode, lineOf, propertiesOf, readBicep } from './bicep.mjs';
import { ending } from './project.mjs';

const entry = 'infra/main.bicep';

export function modules(project) {
  const files = new Map(ending(project, '.bicep').map(([path, text]) => [path, readBicep(text)]));
  const problems = [];
  const usedFiles = new Set([entry]);
  const usedOutputs = new Set();

  for (const [path, file] of files) {
    const targets = new Map();
    for (const module of file.declarations.filter(declaration => declaration.kind === 'module')) {
      const target = posix.normalize(posix.join(posix.dirname(path), module.target ?? ''));
      usedFiles.add(target);
      const asked = files.get(target);
      if (!asked) {
        problems.push(`${path}:${module.line}: there is no module ${module.target}`);
        continue;
      }
      targets.set(module.name, target);
      problems.push(...parameterProblems(path, module, asked.declarations.filter(declaration => declaration.kind === 'param')));
    }
    for (const { node, module, output } of outputsRead(file.root)) {
      const target = targets.get(module);
      if (!target) continue;
      usedOutputs.add(`${target}#${output}`);
      if (!outputsOf(files.get(target)).some(({ name }) => name === output)) problems.push(`${path}:${lineOf(node)}: ${target} has no output "${output}"`);
    }
  }

  for (const [path, file] of files) {
    if (!usedFiles.has(path)) problems.push(`${path}: no module uses this file`);
    if (path === entry) continue;
    for (const { name, line } of outputsOf(file)) if (!usedOutputs.has(`${path}#${name}`)) problems.push(`${path}:${line}: nobody reads the output "${name}"`);
  }

  return problems;
}

const outputsOf = file => file.declarations.filter(declaration => declaration.kind === 'output');

function parameterProblems(path, module, asked) {
  const body = bodyOf(module.value);
  const given = propertiesOf(propertiesOf(body).find(({ name }) => name === 'params')?.value ?? { namedChildren: [] });
  return [
    ...given.filter(({ name }) => !asked.some(param => param.name === name)).map(({ name, line }) => `${path}:${line}: ${module.target} has no parameter "${name}"`),
    ...asked
      .filter(param => param.isRequired && !given.some(({ name }) => name === param.name))
      .map(param => `${path}:${module.line}: ${module.target} is not given "${param.name}"`),
  ];
}

// x.outputs.y, as {node, module: x, output: y}.
function* outputsRead(root) {
  for (const node of everyNode(root)) {
    if (node.type !== 'member_expression') continue;
    const [inner, output] = node.namedChildren;
    if (inner.type !== 'member_expression' || inner.namedChildren[1].text !== 'outputs' || inner.namedChildren[0].type !== 'identifier') continue;
    yield { node, module: inner.namedChildren[0].text, output: output.text };
  }
}
