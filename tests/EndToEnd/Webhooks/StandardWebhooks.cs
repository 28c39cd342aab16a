using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Webhooks;

/// <summary>The official npm library of Standard Webhooks, unmodified.</summary>
internal static class StandardWebhooks
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "EndToEnd", "Webhooks", "verify.mjs");

    /// <summary>Verifies a delivery, and returns the message. It fails if the library does not accept it.</summary>
    public static async Task<JsonObject> VerifyAsync(ReceivedWebhook delivery, string secret)
    {
        var (message, error) = await RunAsync(delivery, secret);
        Assert.True(message is not null, error);
        return message;
    }

    /// <summary>Whether the library accepts a delivery.</summary>
    public static async Task<bool> AcceptsAsync(ReceivedWebhook delivery, string secret) =>
        (await RunAsync(delivery, secret)).Message is not null;

    private static async Task<(JsonObject? Message, string Error)> RunAsync(ReceivedWebhook delivery, string secret)
    {
        var start = new ProcessStartInfo("node", [Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var error = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { secret, headers = delivery.Headers, body = delivery.Body }));
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        return (node.ExitCode == 0 ? JsonNode.Parse(await output)!.AsObject() : null, await error);
    }
}
