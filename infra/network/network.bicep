// The network of the app: one subnet for outbound traffic, one for private endpoints, and one public outbound address.

@description('The name of the network.')
@minLength(2)
@maxLength(64)
param name string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('The address range of the network, as a CIDR range of at least 512 addresses.')
@minLength(9)
@maxLength(18)
param addresses string

// ModelScope is on the public internet, and new networks have no outbound access by default.
resource outbound 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: '${name}-outbound'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource gateway 'Microsoft.Network/natGateways@2026-03-01' = {
  name: '${name}-gateway'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: outbound.id
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addresses]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addresses, 24, 0)
          defaultOutboundAccess: false
          natGateway: {
            id: gateway.id
          }
          delegations: [
            {
              name: 'flex-consumption'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'private-endpoints'
        properties: {
          addressPrefix: cidrSubnet(addresses, 24, 1)
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

output id string = network.id
output appSubnetId string = '${network.id}/subnets/app'
output endpointSubnetId string = '${network.id}/subnets/private-endpoints'
output outboundAddress string = outbound.properties.ipAddress
