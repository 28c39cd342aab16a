// The identity of the app. It is user-assigned, so that its roles exist before the app starts for the first time.

@description('The name of the identity.')
@minLength(3)
@maxLength(128)
param name string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
