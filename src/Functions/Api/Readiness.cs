using Azure;
using Darkroom.Gate;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api;

/// <summary>Whether everything is there that a job needs. Anybody may ask, so for some seconds all get the same answer.</summary>
public sealed class Readiness(Containers containers, DarkroomSettings settings, TimeProvider time)
{
    /// <summary>What a part says that works.</summary>
    public const string Ok = "ok";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<IReadOnlyDictionary<string, string>>? _look;
    private long _begun;

    /// <summary>The parts, each "ok" or with what is wrong.</summary>
    public Task<IReadOnlyDictionary<string, string>> LookAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_begun) >= Fresh))
                (_look, _begun) = (LookAsync(client), time.GetTimestamp());
            return _look.WaitAsync(cancellation);
        }
    }

    // Not cancelled by the one who happened to be first.
    private async Task<IReadOnlyDictionary<string, string>> LookAsync(DurableTaskClient client)
    {
        OrchestrationMetadata? gate = null;
        var engine = await TryAsync(async () =>
        {
            gate = await client.GetInstanceAsync(UpstreamGate.InstanceId, CancellationToken.None);
            return Ok;
        });
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["storage"] = await TryAsync(
                async () =>
                    (await containers.Pictures.ExistsAsync(CancellationToken.None)).Value
                        ? Ok
                        : "the container for pictures is missing: restart the app, which makes it"),
            ["engine"] = engine,
            ["token"] = settings.Token.IsEmpty ? "missing: set MODELSCOPE_API_TOKEN" : Ok,
            ["gate"] = engine == Ok ? GatePart(gate) : "not known: the engine cannot be asked",
        };
    }

    // Only looked at: a gate that is not there begins with the next job.
    private static string GatePart(OrchestrationMetadata? gate) =>
        gate is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended }
            ? $"suspended: resume the orchestration {UpstreamGate.InstanceId}"
            : Ok;

    private static async Task<string> TryAsync(Func<Task<string>> part)
    {
        try
        {
            return await part();
        }
        catch (RequestFailedException failure)
        {
            return $"not reachable (HTTP {failure.Status})";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever is wrong with a part is what was asked; the words may hold addresses, the type does not.
            return $"not working ({exception.GetType().Name})";
        }
    }
}
