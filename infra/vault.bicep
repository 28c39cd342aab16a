// Holds the two secrets there are: the ModelScope token and the secret that signs webhooks. Their values never pass through this
// deployment: a hook puts them here afterwards (see azure.yaml), and the app reads them by reference.

@description('The name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('Whether only private endpoints and the allowed addresses may reach the vault.')
param isPrivate bool

@description('Public addresses (or CIDR ranges) that may reach the vault although it is private.')
@maxLength(100)
param allowedAddresses string[]

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Cannot be switched off again: a deleted vault keeps its name for the 90 days.
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate && empty(allowedAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: map(allowedAddresses, address => { value: address })
    }
  }
}

output id string = vault.id
output name string = vault.name
