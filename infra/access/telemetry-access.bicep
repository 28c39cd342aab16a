// The role that lets the app send telemetry. Application Insights accepts no anonymous telemetry, because local authentication is off.

@description('The name of the Application Insights component.')
@minLength(1)
@maxLength(260)
param componentName string

@description('The principal id of the identity of the app.')
@minLength(36)
@maxLength(36)
param principalId string

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, principalId, monitoringMetricsPublisher)
  scope: component
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
