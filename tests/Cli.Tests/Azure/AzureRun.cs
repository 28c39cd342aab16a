namespace Darkroom.Cli.Tests.Azure;

/// <summary>Runs the steps of <c>darkroom azure</c> with a stand-in for the Azure CLI and the variables that azd sets.</summary>
internal sealed class AzureRun(FakeAzure azure)
{
    public Dictionary<string, string> Variables { get; } = new()
    {
        ["PATH"] = azure.Path,
        ["AZURE_ENV_NAME"] = "trial",
        ["AZURE_LOCATION"] = "swedencentral",
        ["AZURE_SUBSCRIPTION_ID"] = "00000000-0000-0000-0000-000000000001",
        ["AZURE_RESOURCE_GROUP"] = "rg-trial",
        ["DARKROOM_APP"] = "func-darkroom-abc",
        ["DARKROOM_KEY_VAULT"] = "kv-abc",
        ["DARKROOM_STORAGE_ACCOUNT"] = "stabc",
    };

    public Task<CommandRun> RunAsync(string step, string? typed = null) =>
        CommandRun.OfAsync(azure.Path, ["azure", step], Variables, typed);
}
