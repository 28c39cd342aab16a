// azure.yaml, the hooks and main.bicep mean the same things: the hooks exist in both languages, read what the deployment says, and put
// the secrets where the app looks for them.
import { parseDocument } from 'yaml';
import { readBicep } from './bicep.mjs';
import { lineOf } from './project.mjs';

// azd itself sets these.
const fromAzd = new Set(['AZURE_SUBSCRIPTION_ID', 'AZURE_ENV_NAME', 'AZURE_LOCATION']);
// A person or pipeline sets these, for one run.
const fromCaller = new Set(['DARKROOM_NEW_TOKEN']);

export function deployment(project) {
  const document = parseDocument(project.get('azure.yaml'));
  if (document.errors.length > 0) return document.errors.map(error => `azure.yaml: does not parse: ${error.message.split('\n')[0]}`);
  const azure = document.toJS();
  const outputs = new Set(readBicep(project.get('infra/main.bicep')).declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name));
  const app = [...project].filter(([path]) => path.startsWith('infra/app/')).map(([, text]) => text).join('\n');
  const problems = Object.keys(azure.services ?? {})
    .filter(service => !app.includes(`'azd-service-name': '${service}'`))
    .map(service => `azure.yaml: no resource has the tag azd-service-name "${service}"`);

  for (const [name, hook] of Object.entries(azure.hooks ?? {})) {
    for (const system of ['windows', 'posix']) {
      const path = hook[system]?.run?.replace(/^\.\//, '');
      if (!path || !project.has(path)) problems.push(`azure.yaml: ${name} has no script for ${system}${path ? ` (${path})` : ''}`);
      else problems.push(...hookProblems(path, project.get(path), outputs, app));
    }
  }

  return problems;
}

function hookProblems(path, text, outputs, app) {
  const read = [...text.matchAll(/(?:\$\{|\$env:|\$)((?:AZURE|DARKROOM)_[A-Z_]+)/g)];
  const written = [...text.matchAll(/(?:put_secret|Set-Secret) '?([a-z-]+)/g)].map(([, secret]) => secret);
  const needed = [...app.matchAll(/SecretName=([a-z-]+)\)/g)].map(([, secret]) => secret);
  return [
    ...read.filter(([, name]) => !outputs.has(name) && !fromAzd.has(name) && !fromCaller.has(name)).map(match => `${path}:${lineOf(text, match.index)}: ${match[1]} is no output of main.bicep`),
    ...needed.filter(secret => !written.includes(secret)).map(secret => `${path}: does not write the secret ${secret}, which the app reads`),
    ...written.filter(secret => !needed.includes(secret)).map(secret => `${path}: writes the secret ${secret}, which nothing reads`),
  ];
}
