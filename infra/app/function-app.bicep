// The function app on Flex Consumption, and its settings. Every setting that the code reads has a default in the code or a value here.
// tests/Infra.Tests checks this.

@description('The name of the app.')
@minLength(2)
@maxLength(60)
param name string

@description('The name of the plan.')
@minLength(1)
@maxLength(60)
param planName string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('The resource id of the identity of the app.')
@minLength(1)
param identityId string

@description('The client id of that identity.')
@minLength(36)
@maxLength(36)
param identityClientId string

@description('The blob endpoint of the storage account.')
@minLength(1)
param blobEndpoint string

@description('The queue endpoint of the storage account.')
@minLength(1)
param queueEndpoint string

@description('The table endpoint of the storage account.')
@minLength(1)
param tableEndpoint string

@description('The container that the app is deployed from.')
@minLength(3)
@maxLength(63)
param packageContainer string

@description('The name of the vault that holds the token.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('The connection string for telemetry.')
@minLength(1)
param telemetryConnection string

@description('The id of the subnet for outbound traffic of the app. Empty for none.')
@maxLength(500)
param subnetId string

@description('Whether the durable state is in a Durable Task Scheduler.')
param usesScheduler bool

@description('The endpoint of the Durable Task Scheduler. Empty if the durable state is in Azure Storage.')
@maxLength(500)
param schedulerEndpoint string

@description('The task hub in the scheduler. Empty if the durable state is in Azure Storage.')
@maxLength(64)
param schedulerHub string

@description('The memory of an instance in megabytes.')
@allowed([512, 2048, 4096])
param instanceMemory int

@description('The maximum number of instances of each group of functions.')
@minValue(1)
@maxValue(1000)
param maximumInstances int

@description('Whether the instances are spread over the zones of the region.')
param zoneRedundant bool

@description('The number of always-ready instances for orchestrations and activities.')
@minValue(0)
@maxValue(20)
param alwaysReady int

@description('The maximum number of concurrent requests of an instance. A request that waits for a job needs few resources, but it counts.')
@minValue(1)
@maxValue(1000)
param requestsPerInstance int

@description('The maximum number of concurrent upstream tasks.')
@minValue(1)
@maxValue(64)
param slots int

@description('The number of days that jobs and pictures are kept.')
@minValue(1)
@maxValue(3650)
param retentionDays int

@description('Whether retention only logs what it would remove.')
param retentionDryRun bool

@description('Additional app settings, by name. They override the settings of this file.')
@secure()
param moreSettings { *: string }

// The Functions host and the code of the app read the same names.
var storageSettings = {
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
}

var telemetrySettings = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // The worker's own OpenTelemetry exporter takes the client id of its identity from this setting.
  AZURE_CLIENT_ID: identityClientId
  // The role of the host and of the worker in Application Insights.
  OTEL_SERVICE_NAME: name
}

// 0: the host starts the process of the app, and does not load the app into a worker that the platform has started in advance
// ("placeholder", the process FunctionsNetHost). On .NET 10 and Flex Consumption that worker crashes with SIGSEGV, exit code 139, under
// normal load (Azure/azure-functions-dotnet-worker, issue 3335, open in September 2026). Users report there that this setting stops the
// crashes. The disadvantage is a slower cold start. Always-ready instances have no cold start. Remove the setting when the issue is
// closed.
var startSettings = {
  WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0'
}

var darkroomSettings = {
  MODELSCOPE_API_TOKEN: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=modelscope-api-token)'
  Darkroom__WebhookSecret: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=webhook-secret)'
  Darkroom__Slots: string(slots)
  Darkroom__RetentionDays: string(retentionDays)
  Darkroom__RetentionDryRun: retentionDryRun ? 'true' : 'false'
}

// These settings override the storageProvider section of host.json, so that one package works with both engines.
var schedulerSettings = {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};TaskHub=${schedulerHub};Authentication=ManagedIdentity;ClientID=${identityClientId}'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
}

var engineSettings = usesScheduler ? schedulerSettings : {}
var settings = union(storageSettings, telemetrySettings, startSettings, darkroomSettings, engineSettings, moreSettings)

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app for the deployment by this tag.
  tags: union(tags, { 'azd-service-name': 'darkroom' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Without it, references to the vault are read with a system-assigned identity, which this app does not have.
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: maximumInstances
        triggers: {
          http: {
            perInstanceConcurrency: requestsPerInstance
          }
        }
        // Durable timers expire without a request. A running instance processes them at once.
        alwaysReady: alwaysReady == 0 ? [] : [
          {
            name: 'durable'
            instanceCount: alwaysReady
          }
        ]
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: map(items(settings), setting => { name: setting.key, value: setting.value })
    }
  }
}

// Deployments authenticate with Entra, so publishing passwords are not needed.
resource ftpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

output id string = app.id
output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
