import { roles } from './roles.mjs';
import { catches, holds } from './seed.mjs';

const vault = 'infra/access/vault-access.bicep';
holds(roles);
catches(roles, 'the GUID of another role', vault, '4633458b-17de-408a-b874-0445c86b69e6', '974c5e8b-45b9-4653-ba55-5f855dd0fb88', /is "Storage Queue Data Contributor", and the variable is called keyVaultSecretsUser/);
catches(roles, 'a role that nobody has looked at', vault, '4633458b-17de-408a-b874-0445c86b69e6', '00482a5a-887f-4fb3-b363-3b7fe8e74483', /is in no table of roles/);
catches(roles, 'a mistyped GUID', vault, '4633458b', '4633458c', /is in no table of roles/);
catches(roles, 'a GUID without a name', vault, "roleDefinitions', keyVaultSecretsUser", "roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6'", /a GUID without a name/);
catches(roles, 'an assignment named after another role', vault, 'guid(vault.id, principalId, keyVaultSecretsUser)', 'guid(vault.id, principalId, keyVaultSecretsOfficer)', /keyVaultSecretsUser is named after keyVaultSecretsOfficer/);
