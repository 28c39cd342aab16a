// The app may read the secrets. The deploying user or pipeline may write them, because the hook that writes the token runs with its rights.

@description('The name of the vault.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('The principal id of the identity of the app.')
@minLength(36)
@maxLength(36)
param principalId string

@description('The object id of the deploying user or pipeline. Empty to give no access.')
@maxLength(36)
param deployerId string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName
}

resource appAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultSecretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// principalType is omitted: the principal can be a user or a pipeline, and both already exist in the directory.
resource deployerAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerId)) {
  name: guid(vault.id, deployerId, keyVaultSecretsOfficer)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
    principalId: deployerId
  }
}
