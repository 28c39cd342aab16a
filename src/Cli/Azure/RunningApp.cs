using Darkroom.Cli.Server;

namespace Darkroom.Cli.Azure;

/// <summary>The app of a deployment, called with a key (and with an Entra token, if it requires one) from the Azure CLI.</summary>
internal static class RunningApp
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);

    /// <summary>Whether the app answers. Before its first deployment it does not.</summary>
    public static async Task<bool> AnswersAsync(Uri url, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = LongestLook };
        try
        {
            using var answer = await http.GetAsync(new Uri(url, "api/health/live"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <exception cref="CommandException">There is no key or token.</exception>
    public static async Task<DarkroomServer> ConnectAsync(
        Uri url, Deployment deployment, AzureCli azure, CommandEnvironment environment, CancellationToken cancellation)
    {
        var key = await azure.ReadAsync(
            AzureWords.NoKey.With(deployment.App), cancellation,
            "functionapp", "keys", "list", "--resource-group", deployment.ResourceGroup, "--name", deployment.App,
            "--query", "functionKeys.default");
        var token = deployment.SignInClient is { } client
            ? await azure.ReadAsync(
                AzureWords.NoEntraToken.With(client), cancellation,
                "account", "get-access-token", "--resource", $"api://{client}", "--query", "accessToken")
            : null;
        return new DarkroomServer(url, key, environment.Time, environment.Error.WriteLine, token);
    }
}
