// The second line of retention. The app's own timer removes a job as a whole (pictures, sidecars, history) and leaves its ledger entry;
// this rule catches pictures that the timer has missed for a week. It knows of blobs only: a job may have ended up to its longest expiry
// after its first picture was saved, and a picture that a later job lives on is touched when that begins.

@description('The name of the storage account.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Days that pictures are kept.')
@minValue(1)
@maxValue(3650)
param retentionDays int

@description('Whether the rule is in force. It is not while retention only says what it would remove.')
param isEnabled bool

// A week, and the longest expiry of a job.
var daysOfGrace = 7 + 30

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: accountName
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2026-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'pictures-past-retention'
          enabled: isEnabled
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['pictures/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterModificationGreaterThan: retentionDays + daysOfGrace
                }
              }
            }
          }
        }
      ]
    }
  }
}
