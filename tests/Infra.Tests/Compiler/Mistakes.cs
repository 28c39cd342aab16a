namespace Darkroom.Infra.Tests.Compiler;

/// <summary>Possible mistakes in infra/, each with the code under which the compiler (BCP…) or the linter reports it.</summary>
internal static class Mistakes
{
    public static IReadOnlyDictionary<string, Mistake> All { get; } = new Dictionary<string, Mistake>
    {
        ["unfinished-text"] = new("BCP004", "output name string = 'a"),
        ["undeclared-name"] = new("BCP057", "output name string = nam"),
        ["unknown-function"] = new("BCP057", "output name string = lowercase('A')"),
        ["unknown-decorator"] = new("BCP082", "@maxLenght(3)\nparam name string\noutput same string = name"),
        ["wrong-type"] = new("BCP033", "output name int = 'a'"),
        ["declared-twice"] = new("BCP028", "var name = 'a'\nvar name = 'b'"),
        ["missing-module"] = new("BCP091", "module vault 'vaults.bicep' = { name: 'vault' }"),
        ["missing-parameter"] = new("BCP035", "module id 'identity.bicep' = { name: 'id', params: { name: 'id', location: 'global' } }"),
        ["unknown-parameter"] = new(
            "BCP037", "module id 'identity.bicep' = { name: 'id', params: { name: 'id', location: 'global', tags: {}, tag: {} } }"),
        ["unknown-output"] = new(
            "BCP053",
            "module id 'identity.bicep' = { name: 'id', params: { name: 'id', location: 'global', tags: {} } }\noutput key string = "
                + "id.outputs.key"),
        ["unknown-resource-type"] = new(
            "BCP081", "resource vault 'Microsoft.KeyVault/vault@2026-05-15' existing = { name: 'abc' }\noutput id string = vault.id"),
        ["unknown-property"] = new(
            "BCP037",
            "resource id 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = { name: 'abc', location: 'global', colour: "
                + "'red' }"),
        ["old-api-version"] = new(
            "use-recent-api-versions",
            "resource vault 'Microsoft.KeyVault/vaults@2019-09-01' existing = { name: 'abc' }\noutput id string = vault.id"),
        ["unused-parameter"] = new("no-unused-params", "@description('A.')\nparam name string"),
        ["unused-variable"] = new("no-unused-vars", "var name = 'a'"),
        ["unused-existing-resource"] = new(
            "no-unused-existing-resources", "resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = { name: 'abc' }"),
        ["undescribed-parameter"] = new("use-description-params", "param name string\noutput same string = name"),
        ["untyped-parameter"] = new("use-user-defined-types", "@description('A.')\nparam tags object\noutput same object = tags"),
        ["fixed-address"] = new("no-hardcoded-env-urls", "output url string = 'https://account.blob.core.windows.net'"),
        ["secret-output"] = new(
            "outputs-should-not-contain-secrets", "@description('A.')\n@secure()\nparam key string\noutput same string = key"),
        ["secret-default"] = new(
            "secure-parameter-default", "@description('A.')\n@secure()\nparam key string = 'hunter2'\noutput length int = length(key)"),
    };
}

/// <param name="Code">The code under which the mistake is reported.</param>
/// <param name="Text">The Bicep file.</param>
internal sealed record Mistake(string Code, string Text);
