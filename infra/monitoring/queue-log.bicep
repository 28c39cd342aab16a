// Logs writes to the account's queues for the alert on the poison queue. The metrics of Azure Storage are not sufficient for this alert,
// because they do not separate one queue from another. Reads are not logged, because polling would be most of the log.

@description('The name of the storage account.')
@minLength(3)
@maxLength(24)
param accountName string

@description('The id of the Log Analytics workspace.')
@minLength(1)
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: accountName
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2026-06-01' existing = {
  parent: account
  name: 'default'
}

// No newer version can be used. The only stable version, 2016-09-01, is older and cannot deploy this resource (Azure/azure-rest-api-specs,
// issue 16697). The linter does not consider that (Azure/bicep, issue 10740).
#disable-next-line use-recent-api-versions
resource queueLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'queue-writes'
  scope: queueService
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageWrite'
        enabled: true
      }
    ]
  }
}
