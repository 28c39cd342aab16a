// Makes one call with OpenAI's own SDK and prints what came of it. The call is JSON on standard input:
// {baseURL, method: "generate" | "edit" | "models", body, files: [base64], options}.
import OpenAI, { toFile } from 'openai';
import { text } from 'node:stream/consumers';

const call = JSON.parse(await text(process.stdin));
let tries = 0;
const client = new OpenAI({
  apiKey: 'any',
  baseURL: call.baseURL,
  fetch: (url, init) => {
    tries++;
    return fetch(url, init);
  },
});

async function run() {
  if (call.method === 'models') {
    const models = [];
    for await (const model of client.models.list()) models.push(model);
    return { models };
  }

  const body = { ...call.body };
  if (call.files) {
    const files = await Promise.all(call.files.map((bytes, at) => toFile(Buffer.from(bytes, 'base64'), `${at}.png`, { type: 'image/png' })));
    body.image = files.length === 1 ? files[0] : files;
  }

  const { data, response } = await client.images[call.method](body, call.options).withResponse();
  const headers = Object.fromEntries(response.headers);
  if (!body.stream) return { result: data, headers };
  const events = [];
  for await (const event of data) events.push(event);
  return { events, headers };
}

let outcome;
try {
  outcome = await run();
} catch (error) {
  const { name, status, code, type, param, message, requestID } = error;
  outcome = { error: { name: error.constructor.name ?? name, status, code, type, param, message, requestID } };
}

console.log(JSON.stringify({ tries, ...outcome }));
