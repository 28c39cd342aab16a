// Writes to the account's queues are logged, because no metric of Azure Storage tells one queue from another: the alert on the poison
// queue reads this log. Reads are left out: polling would be most of the log.

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

// There is no newer usable version: the one stable version, 2016-09-01, is older and cannot deploy this (Azure/azure-rest-api-specs,
// issue 16697), and the linter does not know that (Azure/bicep, issue 10740).
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
