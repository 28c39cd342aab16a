import { appSettings } from './app-settings.mjs';
import { catches, holds } from './seed.mjs';

const app = 'infra/app/function-app.bicep';
const page = 'docs/settings.md';
holds(appSettings);
catches(appSettings, 'a setting that nothing reads', app, 'Darkroom__Slots:', 'Darkroom__Slot:', /nothing reads Darkroom__Slot$/);
catches(appSettings, 'a setting that nothing reads, behind a condition', app, 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING:', 'DURABLE_TASK_SCHEDULER:', /nothing reads DURABLE_TASK_SCHEDULER$/);
catches(appSettings, 'a setting without a default that is not set', app, '  MODELSCOPE_API_TOKEN:', '  // MODELSCOPE_API_TOKEN:', /MODELSCOPE_API_TOKEN has no default, is not set/);
catches(appSettings, 'a new setting of the code without a default', page, null, '| `Darkroom__New` | text | – | Something new. |\n', /Darkroom__New has no default, is not set/);
catches(appSettings, 'a setting that Flex Consumption refuses', app, "  Darkroom__Slots:", "  FUNCTIONS_EXTENSION_VERSION: '~4'\n  Darkroom__Slots:", /FUNCTIONS_EXTENSION_VERSION must not be set/);
catches(appSettings, 'a setting that was ahead and is read by now', page, null, '| `Darkroom__WebhookSecret` | text | – | Signs webhooks. |\n', /it is not ahead any more/);
