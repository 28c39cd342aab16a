// One account for everything that is kept: pictures, ledger, jobs, the app's package, the host's own state and, unless the Durable
// Task Scheduler is chosen, the durable history (blobs, queues and tables named after the task hub, made by the engine itself).

@description('The name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('How the data is replicated.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param redundancy string

@description('The container that the app is deployed from.')
@minLength(3)
@maxLength(63)
param packageContainer string

@description('Days during which deleted blobs and containers can be brought back.')
@minValue(1)
@maxValue(365)
param undeleteDays int

@description('Whether only private endpoints and the allowed addresses may reach the account.')
param isPrivate bool

@description('Public addresses (or CIDR ranges) that may reach the account although it is private.')
@maxLength(100)
param allowedAddresses string[]

// The first three are the app's (src/Functions/Storage/Containers.cs). They are made here so that the first start needs no rights to make them.
var containerNames = ['pictures', 'darkroom-ledger', 'darkroom-jobs', packageContainer]

// The poison queue is made too, so that looking into it works before anything has failed.
var queueNames = ['darkroom-jobs', 'darkroom-jobs-poison', 'darkroom-results']

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    // Without keys there is nothing to leak or rotate: every caller has an identity and a role.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate && empty(allowedAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: map(allowedAddresses, address => { value: address, action: 'Allow' })
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: undeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: undeleteDays
    }
    // Pictures are written once, and ledger entries many times: versions would cost more than they save.
    isVersioningEnabled: false
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = [
  for container in containerNames: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2026-06-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2026-06-01' = [
  for queue in queueNames: {
    parent: queueService
    name: queue
  }
]

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
