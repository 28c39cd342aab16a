// Darkroom in one subscription. `azd up` deploys this file, then runs the hook that asks for the token (hooks/), then deploys the app.
targetScope = 'subscription'

@description('The name of the azd environment. All resource names are derived from it, the subscription and the region.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('The region of all resources except a scheduler with its own region. Only regions with Flex Consumption are allowed.')
@allowed([
  'australiaeast', 'australiasoutheast', 'brazilsouth', 'canadacentral', 'centralindia', 'centralus', 'eastasia'
  'eastus', 'eastus2', 'francecentral', 'germanywestcentral', 'italynorth', 'japaneast', 'koreacentral'
  'northcentralus', 'northeurope', 'norwayeast', 'southafricanorth', 'southcentralus', 'southeastasia', 'southindia'
  'spaincentral', 'swedencentral', 'uaenorth', 'uksouth', 'ukwest', 'westcentralus', 'westeurope'
  'westus', 'westus2', 'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('The object id of the deploying user or pipeline, which gets the right to write secrets. Empty to give no such right.')
@maxLength(36)
param deployerId string = ''

@description('The maximum number of concurrent upstream tasks. ModelScope asks for at most one per account.')
@minValue(1)
@maxValue(64)
param slots int = 1

@description('The number of days that jobs and pictures are kept.')
@minValue(1)
@maxValue(3650)
param retentionDays int = 30

@description('Whether retention only logs what it would remove, without removing it.')
param retentionDryRun bool = false

@description('The number of days in which deleted blobs can be restored.')
@minValue(1)
@maxValue(365)
param undeleteDays int = 7

@description('The redundancy of the storage account. Choose it before the first deployment: Azure changes zones only by a migration.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_LRS'

@description('Whether the instances are spread over the zones of the region. The storage account then has zones too: LRS becomes ZRS, and GRS becomes GZRS.')
param zoneRedundant bool = false

@description('Whether the storage account is locked against deletion. "azd down" then fails until the lock is removed.')
param lockStorage bool = false

@description('Whether nobody can purge a deleted vault before 90 days have passed. It cannot be switched off again. Off suits a trial.')
param purgeProtection bool = true

@description('The memory of an instance in megabytes.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('The maximum number of instances of each group of functions: requests, durable functions, and each other trigger scale by themselves.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('The number of always-ready instances for orchestrations and activities. With 0 the app scales to zero, and jobs take longer. With zones it is 0 or at least 2.')
@minValue(0)
@maxValue(20)
param alwaysReady int = 1

@description('Concurrent requests of an instance, including those that wait (?wait, events). More requests start another instance.')
@minValue(1)
@maxValue(1000)
param requestsPerInstance int = 100

@description('The store of the durable state: the storage account or a Durable Task Scheduler. A change does not move jobs in flight.')
@allowed(['AzureStorage', 'DurableTaskScheduler'])
param engine string = 'AzureStorage'

@description('The region of the Durable Task Scheduler. Empty for the region of all other resources.')
@maxLength(64)
param schedulerLocation string = ''

@description('The billing model of the Durable Task Scheduler: Consumption bills actions, Dedicated bills capacity units.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Whether storage and vault are reachable only through a virtual network.')
param privateNetwork bool = false

@description('The address range of the virtual network, as a CIDR range of at least 512 addresses.')
@minLength(9)
@maxLength(18)
param networkAddresses string = '10.90.0.0/23'

@description('Public addresses or CIDR ranges, separated by commas, that may reach storage and vault even if the network is private. The machine that runs azd must be among them, or the hook cannot write the token to the vault.')
@maxLength(2000)
param allowedAddresses string = ''

@description('The client id of an Entra registration. If it is set, callers need an Entra token in addition to the function key. Empty to require only the function key.')
@maxLength(36)
param signInClientId string = ''

@description('The client ids of the only applications that may call with an Entra token, separated by commas. Empty for every application of the directory.')
@maxLength(2000)
param signInApplications string = ''

@description('The email address that alerts are sent to. Empty: the portal shows them, and no email is sent.')
@maxLength(254)
param alertAddress string = ''

@description('Alert when more than this percentage of the finished jobs has failed.')
@minValue(1)
@maxValue(100)
param failurePercent int = 20

@description('Alert when fewer credits than this are left.')
@minValue(0)
@maxValue(1000000)
param fewCredits int = 20

@description('Alert when a slot has been taken for this time and no job has finished.')
@allowed(['PT30M', 'PT1H', 'PT2H', 'PT3H', 'PT6H'])
param stuckAfter string = 'PT1H'

@description('The number of days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 30

@description('The maximum ingestion of telemetry per day in gigabytes. -1 for no limit.')
@minValue(-1)
@maxValue(1000)
param telemetryGigabytes int = 1

@description('Additional app settings, by name (docs/settings.md). They override the settings of the deployment. No secrets: use vault references.')
@secure()
param moreSettings { *: string } = {}

// The name must be the same as in host.json, because the engine and the scheduler use the same hub.
var hubName = 'Darkroom'
var packageContainer = 'app-package'
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var usesScheduler = engine == 'DurableTaskScheduler'
// Storage accounts refuse a single address that is written as a range.
var reachableFrom = empty(allowedAddresses) ? [] : map(split(allowedAddresses, ','), address => replace(trim(address), '/32', ''))
var applications = empty(signInApplications) ? [] : map(split(signInApplications, ','), application => trim(application))
var zonedRedundancy = contains(storageRedundancy, '_G') ? 'Standard_GZRS' : 'Standard_ZRS'
var privateServices = privateNetwork ? ['blob', 'queue', 'table', 'vault'] : []

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity './identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-darkroom-${token}'
    location: location
    tags: tags
  }
}

module storage './storage/account.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    redundancy: zoneRedundant ? zonedRedundancy : storageRedundancy
    packageContainer: packageContainer
    undeleteDays: undeleteDays
    isPrivate: privateNetwork
    allowedAddresses: reachableFrom
    isLocked: lockStorage
  }
}

module lifecycle './storage/lifecycle.bicep' = {
  name: 'lifecycle'
  scope: group
  params: {
    accountName: storage.outputs.name
    retentionDays: retentionDays
    isEnabled: !retentionDryRun
  }
}

module vault './vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    isPrivate: privateNetwork
    allowedAddresses: reachableFrom
    purgeProtection: purgeProtection
  }
}

module telemetry './monitoring/workspace.bicep' = {
  name: 'telemetry'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: telemetryDays
    dailyGigabytes: telemetryGigabytes
  }
}

module storageAccess './access/storage-access.bicep' = {
  name: 'storage-access'
  scope: group
  params: {
    accountName: storage.outputs.name
    principalId: identity.outputs.principalId
  }
}

module vaultAccess './access/vault-access.bicep' = {
  name: 'vault-access'
  scope: group
  params: {
    vaultName: vault.outputs.name
    principalId: identity.outputs.principalId
    deployerId: deployerId
  }
}

module telemetryAccess './access/telemetry-access.bicep' = {
  name: 'telemetry-access'
  scope: group
  params: {
    componentName: telemetry.outputs.componentName
    principalId: identity.outputs.principalId
  }
}

module network './network/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    addresses: networkAddresses
  }
}

module privateEndpoints './network/private-endpoint.bicep' = [
  for service in privateServices: {
    name: 'private-${service}'
    scope: group
    params: {
      name: 'pe-${service}-${token}'
      location: location
      tags: tags
      service: service
      targetId: service == 'vault' ? vault.outputs.id : storage.outputs.id
      zoneName: service == 'vault' ? 'privatelink.vaultcore.azure.net' : 'privatelink.${service}.${environment().suffixes.storage}'
      networkId: network!.outputs.id
      subnetId: network!.outputs.endpointSubnetId
    }
  }
]

module scheduler './scheduler/scheduler.bicep' = if (usesScheduler) {
  name: 'scheduler'
  scope: group
  params: {
    name: 'dts-${token}'
    location: empty(schedulerLocation) ? location : schedulerLocation
    tags: tags
    sku: schedulerSku
    hubName: hubName
    allowedAddresses: privateNetwork ? concat(['${network!.outputs.outboundAddress}/32'], reachableFrom) : ['0.0.0.0/0']
    principalId: identity.outputs.principalId
  }
}

module app './app/function-app.bicep' = {
  name: 'app'
  scope: group
  // The first start needs all of these modules, and no parameter depends on them.
  dependsOn: [
    storageAccess
    vaultAccess
    telemetryAccess
    privateEndpoints
  ]
  params: {
    name: 'func-darkroom-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    packageContainer: packageContainer
    vaultName: vault.outputs.name
    telemetryConnection: telemetry.outputs.connectionString
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    usesScheduler: usesScheduler
    schedulerEndpoint: usesScheduler ? scheduler!.outputs.endpoint : ''
    schedulerHub: usesScheduler ? scheduler!.outputs.hubName : ''
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
    zoneRedundant: zoneRedundant
    // The platform refuses a single instance in a plan with zones.
    alwaysReady: zoneRedundant && alwaysReady == 1 ? 2 : alwaysReady
    requestsPerInstance: requestsPerInstance
    slots: slots
    retentionDays: retentionDays
    retentionDryRun: retentionDryRun
    moreSettings: moreSettings
  }
}

module signIn './app/sign-in.bicep' = if (!empty(signInClientId)) {
  name: 'sign-in'
  scope: group
  params: {
    appName: app.outputs.name
    clientId: signInClientId
    applications: applications
  }
}

module queueLog './monitoring/queue-log.bicep' = {
  name: 'queue-log'
  scope: group
  params: {
    accountName: storage.outputs.name
    workspaceId: telemetry.outputs.workspaceId
  }
}

module vaultLog './monitoring/vault-log.bicep' = {
  name: 'vault-log'
  scope: group
  params: {
    vaultName: vault.outputs.name
    workspaceId: telemetry.outputs.workspaceId
  }
}

module alerts './monitoring/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    name: 'darkroom-${token}'
    location: location
    tags: tags
    componentId: telemetry.outputs.componentId
    workspaceId: telemetry.outputs.workspaceId
    appId: app.outputs.id
    alwaysRuns: alwaysReady > 0
    mailAddress: alertAddress
    failurePercent: failurePercent
    fewCredits: fewCredits
    stuckAfter: stuckAfter
  }
}

module workbook './monitoring/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    name: 'darkroom-${token}'
    location: location
    tags: tags
    componentId: telemetry.outputs.componentId
    accountId: storage.outputs.id
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output DARKROOM_URL string = app.outputs.url
output DARKROOM_APP string = app.outputs.name
output DARKROOM_STORAGE_ACCOUNT string = storage.outputs.name
output DARKROOM_KEY_VAULT string = vault.outputs.name
output DARKROOM_APPLICATION_INSIGHTS string = telemetry.outputs.componentName
output DARKROOM_WORKBOOK string = workbook.outputs.id
output DARKROOM_SCHEDULER_DASHBOARD string = usesScheduler ? scheduler!.outputs.dashboardUrl : ''
output DARKROOM_OUTBOUND_ADDRESS string = privateNetwork ? network!.outputs.outboundAddress : ''
