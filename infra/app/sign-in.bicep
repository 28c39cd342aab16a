// Entra sign-in in front of the app. A caller needs a token first, and then a function key as before. The operator creates the registration
// (see docs/operations.md), because that needs directory permissions that a deployment should not have.

@description('The name of the function app.')
@minLength(2)
@maxLength(60)
param appName string

@description('The client id of the registration.')
@maxLength(36)
param clientId string

@description('The client ids of the only applications that may call. Empty for every application of the directory.')
@maxLength(50)
param applications string[]

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource signIn 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
      runtimeVersion: '~1'
    }
    globalValidation: {
      requireAuthentication: true
      // Callers are programs, so a redirect to a sign-in page would not help them.
      unauthenticatedClientAction: 'Return401'
      excludedPaths: ['/api/health/live', '/api/health/ready']
    }
    httpSettings: {
      requireHttps: true
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [clientId, 'api://${clientId}']
          defaultAuthorizationPolicy: empty(applications) ? {} : {
            allowedApplications: applications
          }
        }
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
  }
}
