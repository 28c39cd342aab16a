// Generates docs/api.md from the OpenAPI document. With --check it writes nothing, and fails if the page is out of date.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const source = "src/Functions/Api/Reference/openapi.yaml";
const target = "docs/api.md";
const maxLine = 130;

const fileOf = (path) => new URL(`../${path}`, import.meta.url);
const api = parse(readFileSync(fileOf(source), "utf8"));
const { schemas, parameters } = api.components;
const operations = Object.entries(api.paths).flatMap(([path, item]) =>
  ["get", "post", "put", "patch", "delete"].filter((method) => item[method])
    .map((method) => ({ title: `${item[method].summary}: \`${method.toUpperCase()} ${path}\``, ...item[method] })));

// An example, or the members that several schemas share, are shown where they are used first.
const shown = new Set();
const isFirst = (key) => !shown.has(key) && shown.add(key) !== undefined;

// Text

const collapse = (text) => text.replace(/\s+/g, " ").trim();
const cell = (text) => collapse(text).replaceAll("|", "\\|");
const codes = (names) => names.map((name) => `\`${name}\``).join(", ");
const anchor = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
const schemaAnchor = (name) => `schema-${name.toLowerCase()}`;
const link = (name) => `[${name}](#${schemaAnchor(name)})`;
const linked = (text) => text.replace(/schema `(\w+)`/g, (_, name) => `schema ${link(name)}`).trim();
const table = (columns, rows) =>
  rows.length === 0 ? [] : [[columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")];

// Schemas

const document = JSON.stringify(api);
const uses = (name) => document.split(`"#/components/schemas/${name}"`).length - 1;
const nameOf = (node) => node?.$ref?.split("/").at(-1);
const resolve = (node) => (node?.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], api) : node);
const bases = new Set(Object.values(schemas).flatMap((schema) => (schema.allOf ?? []).map(nameOf)));
const isLinks = ({ properties }) => properties !== undefined && Object.values(properties).every(({ format }) => /^uri-/.test(format));
const isText = (schema) => !schema.properties && !schema.description.includes("|");

// Plain values, lists of links, and objects that are used in one place are explained in that place. Other schemas have a section.
const isUsedWidely = (name) => uses(name) > 1 || (schemas[name].allOf && JSON.stringify(schemas).includes(`schemas/${name}"`));
const hasSection = (name) => !bases.has(name) && !isText(schemas[name]) && !isLinks(schemas[name])
  && Boolean(isUsedWidely(name) || !schemas[name].properties);
const isLinked = (schema) => schema.$ref !== undefined && hasSection(nameOf(schema));

function range(schema) {
  const [least, most] = [schema.minimum ?? schema.minLength ?? schema.minItems, schema.maximum ?? schema.maxLength ?? schema.maxItems];
  const unit = { string: " characters", array: " items" }[schema.type] ?? "";
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}${unit}`;
  if (most !== undefined) return `, at most ${most}${unit}`;
  return schema.minimum > 0 ? `, at least ${schema.minimum}` : "";
}

function typeOf(schema) {
  if (schema.$ref) return isLinked(schema) ? link(nameOf(schema)) : typeOf(resolve(schema));
  if (schema.enum) return codes(schema.enum.map((value) => value.replace("/docs/errors", "…")));
  if (schema.const !== undefined) return codes([schema.const]);
  if (schema.oneOf && !schema.properties) return schema.oneOf.map(typeOf).join(" or ");
  const items = schema.items?.type || schema.items?.$ref ? ` of ${typeOf(schema.items)}` : "";
  if (schema.type === "array") return `array${items}${range(schema)}`;
  const format = { "date-time": "time", date: "date", uri: "address", "uri-reference": "path" }[schema.format];
  return [schema.type ?? "any"].flat().map((type) => (type === "string" && format) || type).join(" or ") + range(schema);
}

function row(name, schema, isRequired, description = schema.description ?? resolve(schema).description) {
  const prose = description.split("\n").filter((line) => !line.startsWith("|")).join("\n");
  const paths = isLinks(resolve(schema)) ? ` Members: ${codes(Object.keys(resolve(schema).properties))}.` : "";
  const otherwise = schema.default === undefined ? "" : ` Default: \`${schema.default}\`.`;
  return [`\`${name}\`${isRequired ? " *" : ""}`, cell(typeOf(schema)), cell(linked(prose) + paths + otherwise)];
}

// A row for each member. The members of a nested object follow it, as outer.inner or outer[].inner.
const rowsOf = (schema, prefix = "") => Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
  const inner = member.type === "array" ? member.items : member;
  const nested = isLinked(inner) || isLinks(resolve(inner)) ? {} : resolve(inner);
  return [row(prefix + name, member, schema.required?.includes(name)),
    ...rowsOf(nested, `${prefix}${name}${member.type === "array" ? "[]" : ""}.`)];
});

function members(name) {
  const schema = schemas[name];
  const base = nameOf(schema.allOf?.[0]);
  const isFull = base !== undefined && isFirst(base);
  const required = [...(schema.required ?? []), ...(isFull ? schemas[base].required ?? [] : [])];
  const rows = rowsOf(isFull ? { properties: { ...schemas[base].properties, ...schema.properties }, required } : schema);
  const intro = isFull ? [`<a id="${schemaAnchor(base)}"></a>\n${linked(schemas[base].description)}`] : [];
  return [...(base && !isFull ? [`**${name}** has all members of ${link(base)}${rows.length > 0 ? ", and:" : "."}`] : intro),
    ...table([`member of ${name}`, "type", "meaning"], rows)];
}

const schemaSection = (name) =>
  [`### <a id="${schemaAnchor(name)}"></a>${name}\n${linked(schemas[name].description)}`, ...members(name)];

// Examples

// JSON as it fits into lines. A member that is too long for a line is cut.
function shorten(value) {
  const text = (part) => JSON.stringify(part, null, 1).replace(/\n\s*/g, " ").replaceAll("[ ", "[").replaceAll(" ]", "]");
  if (text(value).length <= maxLine) return text(value);
  const lines = ["{"];
  for (const part of Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${text(inner)},`)) {
    const whole = part.length > maxLine ? `${part.slice(0, maxLine)}…,` : part;
    if (lines.length > 1 && lines.at(-1).length + whole.length < maxLine) lines.push(`${lines.pop()} ${whole}`);
    else lines.push(`  ${whole}`);
  }
  return `${lines.join("\n").slice(0, -1)}\n}`;
}

function example([type, media]) {
  const [first] = Object.values(media.examples ?? {});
  const value = first ? resolve(first).value : media.example;
  if (value === undefined || /multipart|problem/.test(type) || !isFirst(nameOf(media.schema) ?? JSON.stringify(value))) return [];
  return [typeof value === "string" ? `\`\`\`text\n${value.trimEnd()}\n\`\`\`` : `\`\`\`json\n${shorten(value)}\n\`\`\``];
}

const examplesOf = (content) => Object.entries(content).flatMap(example);

// Operations

const bodiesOf = (content) => [...new Set(Object.values(content).flatMap(({ schema }) => schema?.oneOf ?? [schema?.contentSchema ?? schema])
  .map(nameOf).filter(Boolean))];
const bodyNames = (content) => bodiesOf(content).map((name) => (hasSection(name) ? link(name) : name)).join(" or ");
const detailsOf = (content) =>
  bodiesOf(content).filter((name) => !hasSection(name) && isFirst(`members of ${name}`)).flatMap(members);

function parameterRow(parameter) {
  const { name, in: place, required, description, schema } = resolve(parameter);
  const [label, type, meaning] = row(name, schema, required, description);
  return [label, place, type, meaning];
}

function requestSection(request) {
  if (!request) return [];
  const { description = "", required, content } = resolve(request);
  const types = Object.entries(content).map(([type, { schema }]) =>
    `- \`${type}\`: ${schema.$ref ? bodyNames({ [type]: { schema } }) : linked(schema.description).replaceAll("\n", "\n  ")}`);
  const intro = `**Body**${required ? "" : " (optional)"}. ${collapse(description)}`.trim();
  return [`${intro}\n${types.join("\n")}`, ...detailsOf(content), ...examplesOf(content)];
}

const isShared = ([status, response]) => status >= "400" && response.$ref !== undefined;
const meaningOf = ({ description, headers = {} }) =>
  cell(linked(description) + (Object.keys(headers).length > 0 ? ` Headers: ${codes(Object.keys(headers))}.` : ""));

function responseRow([status, response]) {
  const { content = {} } = resolve(response);
  return [status, bodyNames(content) || codes(Object.keys(content)) || "–", meaningOf(resolve(response))];
}

function operationSection({ title, description, parameters: given = [], requestBody, responses: answers }) {
  const entries = Object.entries(answers);
  const shared = entries.filter(isShared).map(([status]) => status).join(", ");
  const contents = entries.filter(([status]) => status < "400").map(([, response]) => resolve(response).content ?? {});
  const rows = [...entries.filter((entry) => !isShared(entry)).map(responseRow), ...(shared ? [[shared, "", "[an error](#errors)"]] : [])];
  return [`### ${title}\n${linked(description)}`, ...table(["parameter", "in", "type", "meaning"], given.map(parameterRow)),
    ...requestSection(requestBody), ...table(["status", "body", "meaning"], rows),
    ...contents.flatMap(detailsOf), ...contents.flatMap(examplesOf)];
}

function eventsSection() {
  const events = Object.entries(api.webhooks).map(([name, { post }]) => ({ name, ...post, content: resolve(post.requestBody).content }));
  const bodies = [...new Set(events.flatMap(({ content }) => bodiesOf(content)))];
  return ["### Events", ...table(["event", "body", "when"], events.map((event) =>
    [`\`${event.name}\``, bodyNames(event.content), cell(event.description)])),
  ...table(["parameter", "in", "type", "meaning"], events[0].parameters.map(parameterRow)),
  ...bodies.flatMap(members), ...examplesOf(events[0].content)];
}

// The page

const pathsOf = (name) => (name.startsWith("OpenAi") ? "`/v1`" : "`/api`");
const errors = [...new Map(operations.flatMap((operation) => Object.entries(operation.responses).filter(isShared))
  .map(([status, response]) => [nameOf(response), [pathsOf(nameOf(response)), status, meaningOf(resolve(response))]])).values()].sort();
const operationsOf = (tag) => operations.filter((operation) => operation.tags.includes(tag.name));
const contents = api.tags.map((tag) => `- [${tag.name}](#${anchor(tag.name)}): ${operationsOf(tag)
  .map(({ title }) => `[${title.split(":")[0]}](#${anchor(title)})`).join(" ·\n  ")}`);
const page = [
  "# The HTTP API",
  `This page is generated from \`${source}\` by \`node eng/api-reference.mjs\`. A server returns the same\ndescription as JSON at `
    + "`/api/openapi.json`. In the tables, * marks what a request must have, and what an answer always has.",
  [...contents, "- [Errors](#errors) · [Schemas](#schemas)"].join("\n"),
  linked(api.info.description),
  ...table(["in paths", "in", "type", "meaning"], Object.values(parameters).filter((one) => one.in === "path").map(parameterRow)),
  ...api.tags.flatMap((tag) => [`## ${tag.name}\n${linked(tag.description)}`, ...operationsOf(tag).flatMap(operationSection),
    ...(tag.name === "Webhooks" ? eventsSection() : [])]),
  `## Errors\nErrors are ${link("Problem")} documents; under \`/v1\` they are ${link("OpenAiError")}.\n`
    + "[errors.md](errors.md) explains each kind.",
  ...table(["paths", "status", "meaning"], errors),
  "## Schemas",
  ...Object.keys(schemas).filter(hasSection).flatMap(schemaSection),
].join("\n\n") + "\n";

if (!process.argv.includes("--check")) {
  writeFileSync(fileOf(target), page);
} else if (!existsSync(fileOf(target)) || readFileSync(fileOf(target), "utf8") !== page) {
  console.error(`${target} is out of date. Run: node eng/api-reference.mjs`);
  process.exitCode = 1;
}
