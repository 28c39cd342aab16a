// One alert. It compares the result of a query with a limit.

@description('The name of the rule.')
@minLength(1)
@maxLength(260)
param name string

@description('The region.')
@minLength(1)
@maxLength(64)
param location string

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

@description('The severity, from 0 (critical) to 4 (verbose).')
@minValue(0)
@maxValue(4)
param severity int

@description('The resource whose data the query reads.')
@minLength(1)
param scopeId string

@description('The query. Its column "measure" is compared with the limit.')
@minLength(1)
param query string

@description('The operator that compares the measure with the limit.')
@allowed(['GreaterThan', 'LessThan'])
param operator string

@description('The limit.')
@minValue(0)
@maxValue(1000000)
param limit int

@description('The period that the query covers.')
@allowed(['PT15M', 'PT30M', 'PT1H', 'PT2H', 'PT3H', 'PT6H', 'P1D'])
param window string

@description('How often the query runs.')
@allowed(['PT5M', 'PT15M', 'PT30M', 'PT1H'])
param frequency string

@description('How many evaluations in a row must meet the condition. More than one for missing data, which can arrive late.')
@minValue(1)
@maxValue(6)
param evaluations int = 1

@description('Whether the alert closes by itself when the condition is no longer met. Otherwise an operator has to close it.')
param resolvesItself bool

@description('The id of the action group.')
@minLength(1)
param actionGroupId string

resource rule 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: title
    description: meaning
    severity: severity
    enabled: true
    scopes: [scopeId]
    windowSize: window
    evaluationFrequency: frequency
    autoMitigate: resolvesItself
    // A new workspace has no tables yet, so the validation of the query would fail.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: query
          metricMeasureColumn: 'measure'
          timeAggregation: operator == 'LessThan' ? 'Minimum' : 'Maximum'
          operator: operator
          threshold: limit
          failingPeriods: {
            numberOfEvaluationPeriods: evaluations
            minFailingPeriodsToAlert: evaluations
          }
        }
      ]
    }
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}
