import { modules } from './modules.mjs';
import { catches, holds, misses } from './seed.mjs';

const main = 'infra/main.bicep';
holds(modules);
catches(modules, 'a path that leads nowhere', main, "'./vault.bicep'", "'./vaults.bicep'", /there is no module \.\/vaults\.bicep/);
catches(modules, 'a parameter the module does not have', main, 'undeleteDays: undeleteDays', 'undeleteDay: undeleteDays', /account\.bicep has no parameter "undeleteDay"/);
catches(modules, 'a parameter the module is not given', main, '    undeleteDays: undeleteDays\n', '', /account\.bicep is not given "undeleteDays"/);
catches(modules, 'a parameter of a module in a loop', main, '      service: service\n', '', /private-endpoint\.bicep is not given "service"/);
catches(modules, 'a parameter of a module with a condition', main, '    clientId: signInClientId\n', '', /sign-in\.bicep is not given "clientId"/);
catches(modules, 'an output that is not there', main, 'app.outputs.url', 'app.outputs.address', /function-app\.bicep has no output "address"/);
catches(modules, 'an output that nobody reads', 'infra/vault.bicep', null, "\noutput extra string = vault.name\n", /nobody reads the output "extra"/);
catches(modules, 'a file that nobody uses', 'infra/left-over.bicep', null, "var nothing = ''\n", /left-over\.bicep: no module uses this file/);
misses(modules, 'infra/monitoring/alert.bicep', /there is no module \.\/alert\.bicep/);
