// The Durable Task Scheduler, in place of Azure Storage, and the app's access to its one task hub.

@description('The name of the scheduler.')
@minLength(3)
@maxLength(64)
param name string

@description('The region. Not every region has the scheduler.')
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('Consumption is paid for by the action, Dedicated by the capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('The name of the task hub: host.json says the same.')
@minLength(3)
@maxLength(64)
param hubName string

@description('Addresses (or CIDR ranges) that may reach the scheduler. Whoever comes from them needs a role all the same.')
@minLength(1)
param allowedAddresses string[]

@description('The principal id of the identity that the app runs as.')
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
