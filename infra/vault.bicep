// The vault for the two secrets: the ModelScope token and the secret that signs webhooks. This deployment never has their values. A hook
// writes them after the deployment (see azure.yaml), and the app reads them by reference.

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

@description('Public addresses (or CIDR ranges) that may reach the vault even if it is private.')
@maxLength(100)
param allowedAddresses string[]

@description('Whether nobody can purge the deleted vault before its retention has passed.')
param purgeProtection bool

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
    // Purge protection cannot be switched off again, and Azure refuses the value false. A deleted vault blocks its name for 90 days, unless
    // it is recovered or, without protection, purged.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: isPrivate && empty(allowedAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: isPrivate ? 'None' : 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: map(allowedAddresses, address => { value: address })
    }
  }
}

output id string = vault.id
output name string = vault.name
