import { sampleSettings } from './sample-settings.mjs';
import { catches, holds } from './seed.mjs';

const sample = 'local.settings.sample.json';
holds(sampleSettings);
catches(sampleSettings, 'a setting that is none', sample, '"FUNCTIONS_WORKER_RUNTIME"', '"FUNCTION_WORKER_RUNTIME"', /FUNCTION_WORKER_RUNTIME is no setting/);
catches(sampleSettings, 'a token', sample, '<MODELSCOPE_SDK_TOKEN>', 'ms-something', /MODELSCOPE_API_TOKEN must be a placeholder/);
catches(sampleSettings, 'values said to be encrypted', sample, '"IsEncrypted": false', '"IsEncrypted": true', /IsEncrypted must be false/);
