// The destination of telemetry. Local authentication is off in both resources: senders and readers need a role.

@description('The name of the Log Analytics workspace.')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('The name of the Application Insights component.')
@minLength(1)
@maxLength(260)
param componentName string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('The number of days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('The maximum ingestion per day in gigabytes. Telemetry above it is lost until the next day. -1 for no limit.')
@minValue(-1)
@maxValue(1000)
param dailyGigabytes int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: dailyGigabytes
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
  }
}

output workspaceId string = workspace.id
output componentId string = component.id
output componentName string = component.name
output connectionString string = component.properties.ConnectionString
