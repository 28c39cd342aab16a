// The Durable Task Scheduler, which stores the durable state instead of Azure Storage, and the role of the app on its task hub.

@description('The name of the scheduler.')
@minLength(3)
@maxLength(64)
param name string

@description('The region. The scheduler is not available in every region.')
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('The billing model: Consumption bills actions, Dedicated bills capacity units.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('The name of the task hub. It must be the same as in host.json.')
@minLength(3)
@maxLength(64)
param hubName string

@description('Addresses (or CIDR ranges) that may reach the scheduler. Callers from these addresses also need a role.')
@minLength(1)
param allowedAddresses string[]

@description('The principal id of the identity of the app.')
@minLength(36)
@maxLength(36)
param principalId string

var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: allowedAddresses
    sku: sku == 'Dedicated' ? { name: 'Dedicated', capacity: 1 } : { name: 'Consumption' }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: hubName
  properties: {}
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hub.id, principalId, durableTaskDataContributor)
  scope: hub
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output endpoint string = scheduler.properties.endpoint
output hubName string = hub.name
output dashboardUrl string = hub.properties.dashboardUrl
