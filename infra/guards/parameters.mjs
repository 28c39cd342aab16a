// Every parameter says what it is and what it may be, and azd's parameter file gives main.bicep nothing it does not know.
import { readBicep } from './bicep.mjs';
import { ending, lineOf } from './project.mjs';

// A switch has two values and a free object none to name; everything else has limits.
const limits = {
  string: param => ['allowed', 'minLength', 'maxLength', 'secure'].some(name => name in param.decorators),
  int: param => 'allowed' in param.decorators || ('minValue' in param.decorators && 'maxValue' in param.decorators),
  array: param => ['minLength', 'maxLength'].some(name => name in param.decorators),
  bool: () => true,
  object: () => true,
};

export function parameters(project) {
  const described = ending(project, '.bicep').flatMap(([path, text]) =>
    readBicep(text)
      .declarations.filter(({ kind }) => kind === 'param')
      .flatMap(param => [
        ...('description' in param.decorators ? [] : [`${path}:${param.line}: "${param.name}" is not described`]),
        ...(limits[param.type]?.(param) ? [] : [`${path}:${param.line}: "${param.name}" has no limits`]),
      ]),
  );
  return [...described, ...parameterFile(project)];
}

function parameterFile(project) {
  const path = 'infra/main.parameters.json';
  const text = project.get(path);
  const given = Object.keys(JSON.parse(text).parameters);
  const declared = readBicep(project.get('infra/main.bicep')).declarations.filter(({ kind }) => kind === 'param');
  return [
    ...given.filter(name => !declared.some(param => param.name === name)).map(name => `${path}:${lineOf(text, text.indexOf(`"${name}"`))}: main.bicep has no parameter "${name}"`),
    ...declared.filter(param => !given.includes(param.name)).map(param => `${path}: "${param.name}" of main.bicep cannot be set through azd`),
  ];
}
