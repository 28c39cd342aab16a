// The containers and queues that the code uses are the ones that are made.
import { everyNode, literal, readBicep } from './bicep.mjs';

export function storageNames(project) {
  const account = 'infra/storage/account.bicep';
  const made = name => {
    const list = readBicep(project.get(account)).declarations.find(declaration => declaration.name === name);
    return list ? [...everyNode(list.value)].map(literal).filter(Boolean) : [];
  };
  const missing = (used, list, what) => [...used].filter(name => !list.includes(name)).map(name => `${account}: the code uses the ${what} "${name}", which is not made`);
  const queues = new Set(inCode(project, /\[QueueTrigger\("([^"%]+)"/g));
  return [
    ...missing(new Set(inCode(project, /GetBlobContainerClient\("([^"]+)"\)/g)), made('containerNames'), 'container'),
    ...missing([...queues, ...[...queues].map(queue => `${queue}-poison`)], made('queueNames'), 'queue'),
  ];
}

const inCode = (project, pattern) =>
  [...project].filter(([path]) => path.endsWith('.cs')).flatMap(([, text]) => [...text.matchAll(pattern)].map(([, name]) => name));
