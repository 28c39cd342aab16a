#!/bin/sh
# After provisioning: asks for the ModelScope token once and puts it into the vault. It is never printed, never an argument (arguments can
# be read by other processes), and never stored in the azd environment. Run it again with DARKROOM_NEW_TOKEN=1 to replace the token.
set -eu

vault=${DARKROOM_KEY_VAULT:?run this through azd, which says which vault it is}

say() { printf '› %s\n' "$*"; }

command -v az >/dev/null 2>&1 || {
  say "The Azure CLI is missing, so the token was not put into the vault: https://aka.ms/azure-cli, then 'azd hooks run postprovision'."
  exit 1
}

# Prints yes, no or unreachable.
has_secret() {
  if found=$(az keyvault secret list --vault-name "$vault" --query "[?ends_with(id, '/secrets/$1')] | length(@)" --output tsv 2>/dev/null); then
    if [ "$found" = "0" ]; then echo no; else echo yes; fi
  else
    echo unreachable
  fi
}

# Reads the value from standard input.
put_secret() {
  az keyvault secret set --vault-name "$vault" --name "$1" --file /dev/stdin --encoding utf-8 --output none
}

# The right to write secrets was given a moment ago, and takes a while to be known everywhere.
tries=0
while [ "$(has_secret modelscope-api-token)" = "unreachable" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 20 ]; then
    say "The vault $vault can't be reached. Are you signed in (az login)? With a private network, is your address in DARKROOM_ALLOWED_ADDRESSES?"
    say "Then: azd hooks run postprovision"
    exit 1
  fi
  [ "$tries" -eq 1 ] && say "Waiting until you may write to the vault"
  sleep 15
done

if [ "$(has_secret webhook-secret)" = "no" ]; then
  say "Making a secret that webhooks are signed with"
  # Standard Webhooks: the prefix, then 32 random bytes in base64.
  printf 'whsec_%s' "$(head -c 32 /dev/urandom | base64 | tr -d '\n')" | put_secret webhook-secret
fi

if [ "$(has_secret modelscope-api-token)" = "yes" ] && [ -z "${DARKROOM_NEW_TOKEN:-}" ]; then
  say "The vault has a token already"
else
  token=${MODELSCOPE_API_TOKEN:-}
  if [ -z "$token" ] && [ -t 0 ]; then
    printf 'ModelScope access token (https://modelscope.cn/my/myaccesstoken; it is not shown): '
    trap 'stty echo' EXIT INT TERM
    stty -echo
    IFS= read -r token || true
    stty echo
    trap - EXIT INT TERM
    printf '\n'
  fi
  if [ -z "$token" ]; then
    say "No token was given. The app starts without one and says so at /api/health/ready. Later: azd hooks run postprovision"
    exit 0
  fi
  printf '%s' "$token" | put_secret modelscope-api-token
  unset token
  say "The token is in the vault"
fi

# References to the vault are cached for up to a day; this has them read now.
site="/subscriptions/${AZURE_SUBSCRIPTION_ID:?}/resourceGroups/${AZURE_RESOURCE_GROUP:?}/providers/Microsoft.Web/sites/${DARKROOM_APP:?}"
az rest --method post --url "$site/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none ||
  say "The app could not be told of the secrets; it sees them after its next deployment or within a day."
