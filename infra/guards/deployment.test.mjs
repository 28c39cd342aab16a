import { deployment } from './deployment.mjs';
import { catches, holds, misses } from './seed.mjs';

const hook = 'infra/hooks/secrets.sh';
holds(deployment);
catches(deployment, 'a service that has no resource', 'azure.yaml', '  darkroom:', '  darkrooms:', /no resource has the tag azd-service-name "darkrooms"/);
catches(deployment, 'a file that is no YAML', 'azure.yaml', 'services:', 'services: [', /azure\.yaml: does not parse/);
catches(deployment, 'a hook for one system only', 'azure.yaml', './infra/hooks/secrets.ps1', './infra/hooks/secret.ps1', /no script for windows/);
catches(deployment, 'an output that is not there', hook, 'DARKROOM_KEY_VAULT', 'DARKROOM_VAULT', /DARKROOM_VAULT is no output/);
catches(deployment, 'an output that is not there, in PowerShell', 'infra/hooks/secrets.ps1', '$env:DARKROOM_KEY_VAULT', '$env:DARKROOM_VAULT', /DARKROOM_VAULT is no output/);
catches(deployment, 'a secret under another name', hook, 'put_secret modelscope-api-token', 'put_secret modelscope-token', /does not write the secret modelscope-api-token/);
catches(deployment, 'a secret that nothing reads', 'infra/app/function-app.bicep', 'SecretName=webhook-secret', 'SecretName=webhooks', /writes the secret webhook-secret, which nothing reads/);
misses(deployment, hook, /no script for posix/);
