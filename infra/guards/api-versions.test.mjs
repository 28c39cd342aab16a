import { apiVersions } from './api-versions.mjs';
import { catches, holds } from './seed.mjs';

holds(apiVersions);
catches(apiVersions, 'another version', 'infra/vault.bicep', 'vaults@2024-11-01', 'vaults@2019-09-01', /vaults@2019-09-01 should be @2024-11-01/);
catches(apiVersions, 'another version of an existing resource', 'infra/access/vault-access.bicep', 'vaults@2024-11-01', 'vaults@2019-09-01', /vault-access\.bicep:\d+: .*should be @2024-11-01/);
catches(apiVersions, 'a type that nobody has looked at', 'infra/vault.bicep', 'KeyVault/vaults@', 'KeyVault/managedHSMs@', /managedHSMs is not in the table/);
catches(apiVersions, 'a line of the table that is left over', 'infra/identity.bicep', 'userAssignedIdentities@', 'identities@', /nothing is of type Microsoft\.ManagedIdentity\/userAssignedIdentities/);
