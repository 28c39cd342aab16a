// Node.js 20 looks for *.test.mjs in the folder that `node --test infra/guards` names. Later ones run the folder as a program: this one.
const { readdirSync } = require('node:fs');

for (const name of readdirSync(__dirname).filter(name => name.endsWith('.test.mjs'))) import(`./${name}`);
