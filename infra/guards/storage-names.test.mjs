import { catches, holds } from './seed.mjs';
import { storageNames } from './storage-names.mjs';

const account = 'infra/storage/account.bicep';
holds(storageNames);
catches(storageNames, 'a container that is not made', account, "'darkroom-ledger'", "'darkroom-legder'", /the container "darkroom-ledger", which is not made/);
catches(storageNames, 'a queue that is not made', 'src/Functions/Bulk/New.cs', null, '[QueueTrigger("darkroom-new", Connection = "X")]', /the queue "darkroom-new", which is not made/);
catches(storageNames, 'a poison queue that is not made', 'src/Functions/Bulk/New.cs', null, '[QueueTrigger("darkroom-results")]', /the queue "darkroom-results-poison", which is not made/);
