// Makes one call with OpenAI's own SDK and prints what came of it. The call is JSON on standard input:
// {baseURL, method: "generate" | "edit" | "models", body, files: [base64], options}.
import OpenAI, { toFile } from 'openai';
import { text } from 'node:stream/consumers';

const call = JSON.parse(await text(process.stdin));
let tries = 0;

// Every answer, for the comparison with openapi.yaml. A stream is compared by its status and type only.
const answers = [];

async function describe(url, init, answer) {
  const mediaType = answer.headers.get('content-type')?.split(';')[0];
  const text = mediaType?.endsWith('json') ? await answer.text() : null;
  return { method: init.method, path: new URL(url).pathname, status: answer.status, mediaType, text };
}

const client = new OpenAI({
  apiKey: 'any',
  baseURL: call.baseURL,
  fetch: async (url, init) => {
    tries++;
    const answer = await fetch(url, init);
    // Without init it is a test of the SDK whether this fetch can send forms.
    if (init) answers.push(describe(url, init, answer.clone()));
    return answer;
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

// An answer that was cut or abandoned has no text.
const whole = (await Promise.allSettled(answers)).filter((one) => one.status === 'fulfilled').map((one) => one.value);
console.log(JSON.stringify({ tries, answers: whole, ...outcome }));
