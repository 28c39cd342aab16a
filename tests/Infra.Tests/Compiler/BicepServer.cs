using System.Diagnostics;
using System.Text.Json;
using StreamJsonRpc;

namespace Darkroom.Infra.Tests.Compiler;

/// <summary>
/// The Bicep compiler as a server. One process answers many requests, each in a second, because the start of a compiler takes several.
/// </summary>
public sealed class BicepServer : IDisposable
{
    private readonly Process _process;
    private readonly JsonRpc _calls;

    public BicepServer()
    {
        _process = Process.Start(
            new ProcessStartInfo(Bicep.Executable, ["jsonrpc", "--stdio"])
            { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _calls = new JsonRpc(new HeaderDelimitedMessageHandler(
            _process.StandardInput.BaseStream, _process.StandardOutput.BaseStream,
            new SystemTextJsonFormatter { JsonSerializerOptions = JsonSerializerOptions.Web }));
        _calls.StartListening();
    }

    /// <summary>
    /// The resources that a deployment of a .bicepparam file would make, as JSON, with as many expressions evaluated as possible.
    /// </summary>
    public async Task<string> PredictAsync(string parameterFile)
    {
        var request = new SnapshotRequest(parameterFile, new SnapshotMetadata(), ExternalInputs: null);
        return (await _calls.InvokeWithCancellationAsync<SnapshotAnswer>("bicep/getSnapshot", [request])).Snapshot;
    }

    public void Dispose()
    {
        _calls.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    // The names are those of the compiler's protocol.
    private sealed record SnapshotRequest(string Path, SnapshotMetadata Metadata, object? ExternalInputs);

    private sealed record SnapshotMetadata
    {
        public string TenantId { get; } = "00000000-0000-0000-0000-000000000002";

        public string SubscriptionId { get; } = "00000000-0000-0000-0000-000000000001";

        public string? ResourceGroup { get; }

        public string Location { get; } = "swedencentral";

        public string DeploymentName { get; } = "trial";
    }

    private sealed record SnapshotAnswer(string Snapshot);
}
