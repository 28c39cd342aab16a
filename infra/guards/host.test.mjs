import { host } from './host.mjs';
import { catches, holds } from './seed.mjs';

const file = 'host.json';
holds(host);
catches(host, 'a key that does not exist', file, '"maxDequeueCount"', '"maxDequeCount"', /extensions\.queues\.maxDequeCount is no known key/);
catches(host, 'a route prefix', file, '"routePrefix": ""', '"routePrefix": "api"', /routePrefix must be ""/);
catches(host, 'another telemetry mode', file, '"OpenTelemetry"', '"ApplicationInsights"', /telemetryMode must be/);
catches(host, 'no version', file, '"defaultVersion": "1"', '"defaultVersion": ""', /defaultVersion must be/);
catches(host, 'another hub than the scheduler has', 'infra/main.bicep', "hubName = 'Darkroom'", "hubName = 'darkroom'", /hubName is "Darkroom", and main\.bicep calls the hub "darkroom"/);
catches(host, 'fewer activities than slots', file, '"maxConcurrentActivityFunctions": 80', '"maxConcurrentActivityFunctions": 10', /less than the 64 slots/);
catches(host, 'a value that the documentation does not give', file, '"maxQueuePollingInterval": "00:00:02"', '"maxQueuePollingInterval": "00:00:05"', /no line for extensions\.durableTask\.storageProvider\.maxQueuePollingInterval with "00:00:05"/);
catches(host, 'a value without a reason', 'docs/operations.md', '| `extensions.queues.batchSize` |', '| `extensions.queues.size` |', /no line for extensions\.queues\.batchSize/);
