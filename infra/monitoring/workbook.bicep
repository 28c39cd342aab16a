// The workbook for a first diagnosis: the metrics of the app, its queues and its errors.

@description('A seed for the GUID of the workbook. It must be the same in every deployment.')
@minLength(1)
@maxLength(64)
param name string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

@description('Tags for every resource.')
param tags { *: string }

@description('The id of the Application Insights component.')
@minLength(1)
param componentId string

@description('The id of the storage account.')
@minLength(1)
param accountId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, name)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Darkroom'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: componentId
    serializedData: replace(loadTextContent('workbook.json'), 'STORAGE_ACCOUNT_ID', accountId)
  }
}

output id string = workbook.id
