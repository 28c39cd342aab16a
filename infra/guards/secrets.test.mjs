// The seeds are put together here, so that nothing in this repository looks like a secret.
import { secrets } from './secrets.mjs';
import { catches, holds } from './seed.mjs';

const random = 'Zm9vYmFyYmF6' + 'MTIzNDU2Nzg5MEFCQ0RFRkdISUpLTE1OT1A';
holds(secrets);
catches(secrets, 'a ModelScope token in the sample', 'local.settings.sample.json', '<MODELSCOPE_SDK_TOKEN>', 'ms-' + '01234567-89ab-cdef-0123-456789abcdef', /sample\.json:\d+: looks like a ModelScope token/);
catches(secrets, 'a storage key in a workflow', '.github/workflows/ci.yml', 'contents: read', 'contents: read # Account' + 'Key=' + random, /ci\.yml:\d+: looks like a storage key/);
catches(secrets, 'a signed address in azure.yaml', 'azure.yaml', 'host: function', 'host: function # ?s' + 'ig=' + random, /azure\.yaml:\d+: looks like a shared access signature/);
catches(secrets, 'an instrumentation key in Bicep', 'infra/vault.bicep', null, '// Instrumentation' + 'Key=01234567-89ab-cdef-0123-456789abcdef', /looks like an instrumentation key/);
catches(secrets, 'a webhook secret in a hook', 'infra/hooks/secrets.sh', null, '# whs' + 'ec_' + random, /looks like a webhook secret/);
catches(secrets, 'a web token', '.ci/run', null, '# ey' + 'JhbGciOiJIUzI1NiJ9.' + 'eyJzdWIiOiIxMjM0NTY3ODkwIn0.x', /\.ci\/run:\d+: looks like a JSON web token/);
catches(secrets, 'a GitHub token', '.github/workflows/release.yml', null, '# gh' + 'p_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6', /looks like a GitHub token/);
catches(secrets, 'a private key', 'infra/hooks/secrets.ps1', null, '# -----BEGIN RSA ' + 'PRIVATE KEY-----', /looks like a private key/);
catches(secrets, 'a long random text', 'host.json', '"Darkroom"', `"${random}"`, /host\.json:\d+: looks like a long random text/);
catches(secrets, 'a default for a secret parameter', 'infra/vault.bicep', null, "\nparam adminPassword string = 'hunter2'\n", /adminPassword has its value here/);
catches(secrets, 'a plain token among the app settings', 'infra/app/function-app.bicep', "MODELSCOPE_API_TOKEN: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=modelscope-api-token)'", "MODELSCOPE_API_TOKEN: 'abc'", /MODELSCOPE_API_TOKEN has its value here/);
