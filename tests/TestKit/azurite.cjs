// Runs Azurite for tests. It ends when its standard input closes, and stays fast with 100,000 blobs.
const path = require('path');
const modules = path.join(__dirname, '..', '..', 'node_modules');

process.stdin.resume().on('end', () => process.exit(0));

// Ten minutes after the start, garbage collection compares all blobs with each other and blocks requests for minutes. Turn it off.
require(path.join(modules, 'azurite/dist/src/blob/utils/constants.js')).DEFAULT_GC_INTERVAL_MS = 2 ** 31 - 1;

// Azurite queries blobs by account first, which all blobs share. With the name first, the index of the database finds the blob at once.
const { Collection } = require(path.join(modules, 'lokijs'));
const findOne = Collection.prototype.findOne;
Collection.prototype.findOne = function (query) {
  return findOne.call(this, query && 'name' in query ? { name: query.name, ...query } : query);
};

require(path.join(modules, 'azurite/dist/src/azurite.js'));
