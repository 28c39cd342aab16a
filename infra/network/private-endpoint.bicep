// A private endpoint for one service, and the DNS zone that resolves the public name of the service to the private address.

@description('The name of the endpoint.')
@minLength(2)
@maxLength(64)
param name string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('The id of the resource that the endpoint belongs to.')
@minLength(1)
param targetId string

@description('The service of the resource, as a group id.')
@allowed(['blob', 'queue', 'table', 'vault'])
param service string

@description('The DNS zone of the service.')
@minLength(1)
@maxLength(63)
param zoneName string

@description('The id of the network.')
@minLength(1)
param networkId string

@description('The id of the subnet for private endpoints.')
@minLength(1)
param subnetId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags
}

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: zone
  name: 'darkroom'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          privateLinkServiceId: targetId
          groupIds: [service]
        }
      }
    ]
  }
}

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: service
        properties: {
          privateDnsZoneId: zone.id
        }
      }
    ]
  }
}
