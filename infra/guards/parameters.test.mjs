import { parameters } from './parameters.mjs';
import { catches, holds } from './seed.mjs';

const main = 'infra/main.bicep';
holds(parameters);
catches(parameters, 'a parameter without a description', main, "@description('Days that jobs and pictures are kept.')\n", '', /"retentionDays" is not described/);
catches(parameters, 'a number without limits', main, '@minValue(1)\n@maxValue(64)\nparam slots', 'param slots', /"slots" has no limits/);
catches(parameters, 'a number with one limit', main, '@maxValue(64)\nparam slots', 'param slots', /"slots" has no limits/);
catches(parameters, 'a text without limits', main, '@maxLength(254)\nparam alertAddress', 'param alertAddress', /"alertAddress" has no limits/);
catches(parameters, 'a value for a parameter that is not there', 'infra/main.parameters.json', '"slots"', '"slot"', /main\.bicep has no parameter "slot"/);
catches(parameters, 'a parameter that azd cannot set', 'infra/main.parameters.json', '"slots"', '"slot"', /"slots" of main\.bicep cannot be set/);
