// Runs the official conformance suite of MCP with the given arguments. The suite asks for Node 22, but uses only one name of it,
// fs.globSync, in a command that is not used here. On Node 20 this file gives the suite an fs module that has the name.
import fs from 'node:fs';
import { register } from 'node:module';

const fsWithGlob = 'data:text/javascript,export * from "node:fs"; export const globSync = undefined;';
const hooks = `export const resolve = (name, context, next) =>
  name === 'fs' && context.parentURL.includes('/@modelcontextprotocol/conformance/')
    ? { url: ${JSON.stringify(fsWithGlob)}, shortCircuit: true }
    : next(name, context);`;

if (!fs.globSync) register(`data:text/javascript,${encodeURIComponent(hooks)}`);
await import('@modelcontextprotocol/conformance/dist/index.js');
