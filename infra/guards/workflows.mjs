// The workflows parse, ask for no more than they need, name actions in a way that can be trusted, and call only what exists.
import { parseDocument } from 'yaml';

const ours = /^(actions|github)\/[\w./-]+@v\d+$/;
const pinned = /^[\w./-]+@[0-9a-f]{40}$/;

export function workflows(project) {
  const commands = commandsOf(project.get('darkroom'));
  return [...project].filter(([path]) => path.startsWith('.github/workflows/')).flatMap(([path, text]) => {
    const document = parseDocument(text);
    if (document.errors.length > 0) return document.errors.map(error => `${path}: does not parse: ${error.message.split('\n')[0]}`);
    const workflow = document.toJS();
    return [
      ...(isReadOnly(workflow.permissions) ? [] : [`${path}: the permissions at the top must be given, and be for reading only`]),
      ...Object.entries(workflow.jobs).flatMap(([name, job]) => jobProblems(`${path}: ${name}`, job, commands, project)),
    ];
  });
}

/** The commands that the script's help names. */
export const commandsOf = script => [...script.matchAll(/^\.\/darkroom (\w+) /gm)].map(([, command]) => command);

const isReadOnly = permissions => permissions !== null && typeof permissions === 'object' && Object.values(permissions).every(level => level === 'read' || level === 'none');

function jobProblems(where, job, commands, project) {
  return [
    ...(job['timeout-minutes'] ? [] : [`${where}: has no timeout-minutes`]),
    ...(typeof job.permissions === 'string' ? [`${where}: permissions must be named one by one`] : []),
    ...(job.steps ?? []).flatMap(step => [...(step.uses ? actionProblems(where, step) : []), ...(step.run ? scriptProblems(where, step.run, commands, project) : [])]),
  ];
}

function actionProblems(where, { uses, with: inputs }) {
  return [
    ...(ours.test(uses) || pinned.test(uses) ? [] : [`${where}: ${uses} must be pinned to a commit`]),
    ...(uses.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false ? [`${where}: checkout must not leave its credentials behind`] : []),
  ];
}

function scriptProblems(where, script, commands, project) {
  const called = [...script.matchAll(/(?<![\w/.])\.\/darkroom(?:[ \t]+(\w+))?/g)].map(([, command]) => command ?? 'help');
  const files = [...script.matchAll(/(?<![\w/.])(\.ci\/[\w-]+)/g)].map(([, file]) => file);
  return [
    ...called.filter(command => command !== 'help' && !commands.includes(command)).map(command => `${where}: there is no ./darkroom ${command}`),
    ...files.filter(file => !project.has(file)).map(file => `${where}: there is no ${file}`),
    ...(/\$\{\{\s*(github\.(event|head_ref)|inputs\.|secrets\.)/.test(script) ? [`${where}: a script takes what others wrote, or a secret, through env only`] : []),
  ];
}
