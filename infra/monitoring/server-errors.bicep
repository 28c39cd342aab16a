// The alert on requests that the app answers with 5xx. It uses a metric of the platform, which also counts while no telemetry arrives.

@description('The name of the rule.')
@minLength(1)
@maxLength(260)
param name string

@description('Tags for every resource.')
param tags { *: string }

@description('The title of the alert.')
@minLength(1)
@maxLength(120)
param title string

@description('What the alert means, and what to do.')
@minLength(1)
@maxLength(500)
param meaning string

@description('The id of the function app.')
@minLength(1)
param appId string

@description('The id of the action group.')
@minLength(1)
param actionGroupId string

resource rule 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    // Metric rules have no display name of their own.
    description: '${title}. ${meaning}'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [appId]
    windowSize: 'PT15M'
    evaluationFrequency: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'server-errors'
          metricNamespace: 'Microsoft.Web/sites'
          metricName: 'Http5xx'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 10
        }
      ]
    }
    actions: [
      {
        actionGroupId: actionGroupId
      }
    ]
  }
}
