// The alerts. docs/operations.md describes what to do about each.

@description('The prefix of the names.')
@minLength(1)
@maxLength(60)
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

@description('The id of the Log Analytics workspace.')
@minLength(1)
param workspaceId string

@description('The id of the function app.')
@minLength(1)
param appId string

@description('Whether the app always runs, so that its silence is an alert.')
param alwaysRuns bool

@description('The email address that alerts are sent to. Empty: the portal shows them, and no email is sent.')
@maxLength(254)
param mailAddress string

@description('Alert when more than this percentage of the finished jobs has failed.')
@minValue(1)
@maxValue(100)
param failurePercent int

@description('Alert when fewer credits than this are left.')
@minValue(0)
@maxValue(1000000)
param fewCredits int

@description('Alert when a slot has been taken for this time and no job has finished.')
@allowed(['PT30M', 'PT1H', 'PT2H', 'PT3H', 'PT6H'])
param stuckAfter string

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'darkroom'
    emailReceivers: empty(mailAddress) ? [] : [
      {
        name: 'operators'
        emailAddress: mailAddress
        useCommonAlertSchema: true
      }
    ]
  }
}

module failures './alert.bicep' = {
  name: 'alert-failures'
  params: {
    name: '${name}-failures'
    location: location
    tags: tags
    title: 'Darkroom: many jobs fail'
    meaning: 'More than ${failurePercent} % of the jobs of the last hour failed, expired or have an unknown outcome. See docs/operations.md, "many jobs fail".'
    severity: 2
    scopeId: componentId
    query: loadTextContent('queries/failures.kql')
    operator: 'GreaterThan'
    limit: failurePercent
    window: 'PT1H'
    frequency: 'PT15M'
    resolvesItself: true
    actionGroupId: actionGroup.id
  }
}

module poison './alert.bicep' = {
  name: 'alert-poison'
  params: {
    name: '${name}-poison'
    location: location
    tags: tags
    title: 'Darkroom: the poison queue is not empty'
    meaning: 'A message was not processed and is now in darkroom-jobs-poison. See docs/operations.md, "the poison queue is not empty".'
    severity: 2
    scopeId: workspaceId
    query: loadTextContent('queries/poison.kql')
    operator: 'GreaterThan'
    limit: 0
    window: 'PT15M'
    frequency: 'PT15M'
    // The log records new messages. It cannot show whether they are still in the queue.
    resolvesItself: false
    actionGroupId: actionGroup.id
  }
}

module stuck './alert.bicep' = {
  name: 'alert-stuck'
  params: {
    name: '${name}-stuck'
    location: location
    tags: tags
    title: 'Darkroom: a job is stuck'
    meaning: 'A slot has been taken for the whole period, and no job has finished. See docs/operations.md, "a job is stuck".'
    severity: 1
    scopeId: componentId
    query: loadTextContent('queries/stuck.kql')
    operator: 'GreaterThan'
    limit: 0
    window: stuckAfter
    frequency: 'PT15M'
    resolvesItself: true
    actionGroupId: actionGroup.id
  }
}

module credits './alert.bicep' = {
  name: 'alert-credits'
  params: {
    name: '${name}-credits'
    location: location
    tags: tags
    title: 'Darkroom: credits are low'
    meaning: 'Fewer than ${fewCredits} credits are left. At zero, jobs wait. See docs/operations.md, "credits are low".'
    severity: 3
    scopeId: componentId
    query: loadTextContent('queries/credits.kql')
    operator: 'LessThan'
    limit: fewCredits
    window: 'P1D'
    frequency: 'PT1H'
    resolvesItself: true
    actionGroupId: actionGroup.id
  }
}

// With no always-ready instance the platform starts the app for its timers, and starts can be late.
module silence './alert.bicep' = if (alwaysRuns) {
  name: 'alert-silence'
  params: {
    name: '${name}-silence'
    location: location
    tags: tags
    title: 'Darkroom: the app does not run'
    meaning: 'No timer of the app has run for half an hour, or no telemetry arrives. See docs/operations.md, "the app does not run".'
    severity: 0
    scopeId: componentId
    query: loadTextContent('queries/silence.kql')
    operator: 'LessThan'
    limit: 1
    window: 'PT30M'
    frequency: 'PT15M'
    evaluations: 2
    resolvesItself: true
    actionGroupId: actionGroup.id
  }
}

module retention './alert.bicep' = {
  name: 'alert-retention'
  params: {
    name: '${name}-retention'
    location: location
    tags: tags
    title: 'Darkroom: retention does not run'
    meaning: 'Nothing has removed old jobs for a day. See docs/operations.md, "retention does not run".'
    severity: 3
    scopeId: componentId
    query: loadTextContent('queries/retention.kql')
    operator: 'LessThan'
    limit: 1
    window: 'P1D'
    frequency: 'PT1H'
    resolvesItself: true
    actionGroupId: actionGroup.id
  }
}

module cap './alert.bicep' = {
  name: 'alert-cap'
  params: {
    name: '${name}-cap'
    location: location
    tags: tags
    title: 'Darkroom: the limit of telemetry is reached'
    meaning: 'Until the next day no telemetry is kept, and the other alerts see nothing. See docs/operations.md, "the limit of telemetry is reached".'
    severity: 2
    scopeId: workspaceId
    query: loadTextContent('queries/cap.kql')
    operator: 'GreaterThan'
    limit: 0
    window: 'PT15M'
    frequency: 'PT15M'
    resolvesItself: true
    actionGroupId: actionGroup.id
  }
}

module serverErrors './server-errors.bicep' = {
  name: 'alert-server-errors'
  params: {
    name: '${name}-server-errors'
    tags: tags
    title: 'Darkroom: requests fail with 5xx'
    meaning: 'More than 10 requests of the last 15 minutes were answered with 5xx. See docs/operations.md, "requests fail with 5xx".'
    appId: appId
    actionGroupId: actionGroup.id
  }
}
