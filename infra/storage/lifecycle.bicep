// A fallback for retention. The timer of the app removes whole jobs (pictures, sidecars, history) and keeps their ledger entries. This rule
// deletes pictures that the timer has missed for a week. The rule sees only the age of a blob, but a job can end long after its first
// picture was saved, so the rule adds the longest expiry of a job. A later job that reuses a picture resets its age.

@description('The name of the storage account.')
@minLength(3)
@maxLength(24)
param accountName string

@description('The number of days that pictures are kept.')
@minValue(1)
@maxValue(3650)
param retentionDays int

@description('Whether the rule is active. It must be off while retention only logs what it would remove.')
param isEnabled bool

// One week plus the longest expiry of a job.
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
