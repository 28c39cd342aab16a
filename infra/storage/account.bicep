// One account for all data: pictures, ledger, jobs, the package of the app and the state of the host. Without the Durable Task Scheduler it
// also has the durable history, in blobs, queues and tables that the engine creates and names after the task hub.

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

@description('The redundancy of the account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param redundancy string

@description('The container that the app is deployed from.')
@minLength(3)
@maxLength(63)
param packageContainer string

@description('The number of days in which deleted blobs and containers can be restored.')
@minValue(1)
@maxValue(365)
param undeleteDays int

@description('Whether only private endpoints and the allowed addresses may reach the account.')
param isPrivate bool

@description('Public addresses (or CIDR ranges) that may reach the account even if it is private.')
@maxLength(100)
param allowedAddresses string[]

@description('Whether the account is locked against deletion. The lock does not protect single blobs.')
param isLocked bool

// The first three belong to the app (src/Functions/Storage/Containers.cs). They are created here, so that the first start does not need the
// right to create them.
var containerNames = ['pictures', 'darkroom-ledger', 'darkroom-jobs', packageContainer]

// The poison queue is created too, so that it can be inspected before the first failure.
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
    // Without shared keys no key can leak or needs rotation: every caller has an identity and a role.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate && empty(allowedAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: isPrivate ? 'None' : 'AzureServices'
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
    // Pictures are written once and need no versions. Ledger entries are written many times, so their versions would cost too much.
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

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  name: 'keep-the-pictures'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'The account has all pictures and the ledger of paid tasks.'
  }
}

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
