import { catches, holds } from './seed.mjs';
import { symbols } from './symbols.mjs';

const file = 'infra/storage/lifecycle.bicep';
holds(symbols);
catches(symbols, 'a parameter that is not declared', file, 'enabled: isEnabled', 'enabled: isEnabeld', /"isEnabeld" is not declared/);
catches(symbols, 'a parameter that is not used', file, 'enabled: isEnabled', 'enabled: true', /the param "isEnabled" is not used/);
catches(symbols, 'a variable that is not used', file, 'retentionDays + daysOfGrace', 'retentionDays', /the var "daysOfGrace" is not used/);
catches(symbols, 'a resource that is not declared', file, 'parent: account', 'parent: acount', /"acount" is not declared/);
catches(symbols, 'an existing resource that is not used', file, 'parent: account', "parent: 'x'", /the resource "account" is not used/);
catches(symbols, 'a module that is not declared', 'infra/main.bicep', 'vaultName: vault.outputs.name', 'vaultName: valt.outputs.name', /"valt" is not declared/);
catches(symbols, 'a name that is declared twice', file, null, '\nvar daysOfGrace = 3\n', /"daysOfGrace" is declared twice/);
catches(symbols, 'a loop variable outside its loop', 'infra/storage/account.bicep', 'name: redundancy', 'name: container', /"container" is not declared/);
catches(symbols, 'an undeclared name within a text', 'infra/main.bicep', "'rg-${environmentName}'", "'rg-${environment_name}'", /"environment_name" is not declared/);
