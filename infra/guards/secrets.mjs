// Nothing that is committed here is a secret, or looks like one.
import { everyNode, lineOf as lineOfNode, literal, readBicep } from './bicep.mjs';
import { lineOf } from './project.mjs';

const watched = path => /^(infra\/|\.github\/|\.ci\/|azure\.yaml$|host\.json$|local\.settings\.sample\.json$)/.test(path);

const shapes = [
  ['a ModelScope token', /\bms-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g],
  ['a storage key', /AccountKey=[A-Za-z0-9+/]{20,}/g],
  ['a shared access signature', /[?&]sig=[A-Za-z0-9%+/]{20,}/g],
  ['an instrumentation key', /InstrumentationKey=[0-9a-f-]{36}/gi],
  ['a webhook secret', /whsec_[A-Za-z0-9+/]{24,}/g],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g],
  ['a GitHub token', /\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/g],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/g],
  // 32 bytes and more in base64: upper and lower case and digits, so that commit ids and ordinary words are none.
  ['a long random text', /(?<![A-Za-z0-9+/=_-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/=_.-])/g],
];

export function secrets(project) {
  const files = [...project].filter(([path]) => watched(path));
  return [
    ...files.flatMap(([path, text]) => shapes.flatMap(([what, shape]) => [...text.matchAll(shape)].map(match => `${path}:${lineOf(text, match.index)}: looks like ${what}`))),
    ...files.filter(([path]) => path.endsWith('.bicep')).flatMap(([path, text]) => inBicep(path, text)),
  ];
}

// A property or parameter that is called a password, key or secret has no plain text as its value.
function inBicep(path, text) {
  const { root, declarations } = readBicep(text);
  const telling = /(password|passwd|secret|apikey|accesskey|token)$/i;
  const plain = node => (literal(node) ?? '') !== '' && !literal(node).startsWith('@Microsoft.KeyVault(');
  return [
    ...declarations.filter(({ kind, name, value }) => kind === 'param' && telling.test(name) && plain(value)).map(({ name, line }) => `${path}:${line}: ${name} has its value here`),
    ...[...everyNode(root)]
      .filter(node => node.type === 'object_property' && telling.test(literal(node.namedChildren[0]) ?? node.namedChildren[0].text) && plain(node.namedChildren[1]))
      .map(node => `${path}:${lineOfNode(node)}: ${node.namedChildren[0].text} has its value here`),
  ];
}
