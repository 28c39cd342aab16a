// Azurite as tests need it: it ends with its standard input, and stays quick with a hundred thousand blobs.
const path = require('path');
const modules = path.join(__dirname, '..', '..', 'node_modules');

process.stdin.resume().on('end', () => process.exit(0));

// Its clean-up compares every blob with every other, ten minutes after the start, and answers nobody for minutes.
require(path.join(modules, 'azurite/dist/src/blob/utils/constants.js')).DEFAULT_GC_INTERVAL_MS = 2 ** 31 - 1;

// It looks blobs up by account first, which all of them share; by name first, the database's index finds the one.
const { Collection } = require(path.join(modules, 'lokijs'));
const findOne = Collection.prototype.findOne;
Collection.prototype.findOne = function (query) {
  return findOne.call(this, query && 'name' in query ? { name: query.name, ...query } : query);
};

require(path.join(modules, 'azurite/dist/src/azurite.js'));
