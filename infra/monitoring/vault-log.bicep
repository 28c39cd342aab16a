// The audit log of the vault: who read or wrote a secret, and when.

@description('The name of the vault.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('The id of the Log Analytics workspace.')
@minLength(1)
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName
}

// See queue-log.bicep about the version.
#disable-next-line use-recent-api-versions
resource auditLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}
