using Azure;
using Darkroom.Gate;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api;

/// <summary>Checks whether all that a job needs works. The endpoint needs no key, so the result is cached for some seconds.</summary>
public sealed class Readiness(Containers containers, DarkroomSettings settings, TimeProvider time)
{
    /// <summary>The value of a part that works.</summary>
    public const string Ok = "ok";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<IReadOnlyDictionary<string, string>>? _look;
    private long _begun;

    /// <summary>The state of each part: <see cref="Ok"/>, or what is wrong.</summary>
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

    // The check takes no cancellation token: all callers share it, so the first one must not cancel it.
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
                        : "the container for pictures is missing: restart the app to create it"),
            ["engine"] = engine,
            ["token"] = settings.Token.IsEmpty ? "missing: set MODELSCOPE_API_TOKEN" : Ok,
            ["gate"] = engine == Ok ? GatePart(gate) : "unknown: the engine does not work",
        };
    }

    // A missing gate is not an error: the next job starts it.
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
            // Every failure makes the part not ready. The message may contain addresses, so only the type is shown.
            return $"not working ({exception.GetType().Name})";
        }
    }
}
