using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Management;

/// <summary>The answer to whoever starts an instance and may want to wait for its end.</summary>
internal static class CompletionWait
{
    public static async Task AnswerAsync(ManagementCall call, string instanceId)
    {
        if (call.Query.Seconds("timeout") is not { } timeout || call.Query.Seconds("pollingInterval") is not { } pause)
            await CheckStatus.AnswerAsync(call, instanceId);
        else if (pause > timeout)
            await call.ErrorAsync(StatusCodes.Status400BadRequest, $"Total timeout {timeout.TotalSeconds} should be bigger than retry timeout {pause.TotalSeconds}");
        else if (await WaitAsync(call, instanceId, timeout) is not { } instance)
            await CheckStatus.AnswerAsync(call, instanceId);
        else if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed)
            await call.JsonAsync(StatusCodes.Status200OK, json => json.WriteStored(instance.SerializedOutput));
        else
            await StatusEndpoint.AnswerAsync(call, instance);
    }

    // There is no need to poll here: the client waits without asking again and again.
    private static async Task<OrchestrationMetadata?> WaitAsync(ManagementCall call, string instanceId, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout, call.Service<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, call.Aborted);
        try
        {
            return await call.Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !call.Aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}
