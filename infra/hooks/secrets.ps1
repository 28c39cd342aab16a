# After provisioning: asks for the ModelScope token once and puts it into the vault. It is never printed, never an argument (arguments can
# be read by other processes), and never stored in the azd environment. Run it again with $env:DARKROOM_NEW_TOKEN=1 to replace the token.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$vault = $env:DARKROOM_KEY_VAULT
if (-not $vault) { throw 'Run this through azd, which says which vault it is.' }

function Say([string] $text) { Write-Host "› $text" }

if (-not (Get-Command az -ErrorAction SilentlyContinue)) {
  Say "The Azure CLI is missing, so the token was not put into the vault: https://aka.ms/azure-cli, then 'azd hooks run postprovision'."
  exit 1
}

# Answers yes, no or unreachable.
function Test-Secret([string] $name) {
  $found = az keyvault secret list --vault-name $vault --query "[?ends_with(id, '/secrets/$name')] | length(@)" --output tsv 2>$null
  if ($LASTEXITCODE -ne 0) { return 'unreachable' }
  if ($found -eq '0') { return 'no' }
  return 'yes'
}

# A file of the user's own that lives for the one call: az reads standard input on other systems only.
function Set-Secret([string] $name, [string] $value) {
  $file = New-TemporaryFile
  try {
    [IO.File]::WriteAllText($file.FullName, $value)
    az keyvault secret set --vault-name $vault --name $name --file $file.FullName --encoding utf-8 --output none
    if ($LASTEXITCODE -ne 0) { throw "The secret $name could not be written." }
  }
  finally {
    Remove-Item $file.FullName -Force
  }
}

# The right to write secrets was given a moment ago, and takes a while to be known everywhere.
$tries = 0
while ((Test-Secret 'modelscope-api-token') -eq 'unreachable') {
  $tries++
  if ($tries -gt 20) {
    Say "The vault $vault can't be reached. Are you signed in (az login)? With a private network, is your address in DARKROOM_ALLOWED_ADDRESSES?"
    Say 'Then: azd hooks run postprovision'
    exit 1
  }
  if ($tries -eq 1) { Say 'Waiting until you may write to the vault' }
  Start-Sleep -Seconds 15
}

if ((Test-Secret 'webhook-secret') -eq 'no') {
  Say 'Making a secret that webhooks are signed with'
  # Standard Webhooks: the prefix, then 32 random bytes in base64.
  Set-Secret 'webhook-secret' ('whsec_' + [Convert]::ToBase64String([Security.Cryptography.RandomNumberGenerator]::GetBytes(32)))
}

if ((Test-Secret 'modelscope-api-token') -eq 'yes' -and -not $env:DARKROOM_NEW_TOKEN) {
  Say 'The vault has a token already'
}
else {
  $token = $env:MODELSCOPE_API_TOKEN
  if (-not $token -and -not [Console]::IsInputRedirected) {
    $token = Read-Host -MaskInput 'ModelScope access token (https://modelscope.cn/my/myaccesstoken; it is not shown)'
  }
  if (-not $token) {
    Say 'No token was given. The app starts without one and says so at /api/health/ready. Later: azd hooks run postprovision'
    exit 0
  }
  Set-Secret 'modelscope-api-token' $token
  Remove-Variable token
  Say 'The token is in the vault'
}

# References to the vault are cached for up to a day; this has them read now.
$site = "/subscriptions/$env:AZURE_SUBSCRIPTION_ID/resourceGroups/$env:AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$env:DARKROOM_APP"
az rest --method post --url "$site/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
if ($LASTEXITCODE -ne 0) { Say 'The app could not be told of the secrets; it sees them after its next deployment or within a day.' }
exit 0
