using Microsoft.AspNetCore.Http;

namespace Darkroom.LocalHost.Management;

/// <summary><c>POST /instances/{instanceId}/terminate</c>, <c>/suspend</c> and <c>/resume</c>.</summary>
internal static class SteeringEndpoint
{
    public static Task TerminateAsync(ManagementCall call) => SteerAsync(call, reason => call.Client.TerminateInstanceAsync(call.InstanceId, reason, call.Aborted));

    public static Task SuspendAsync(ManagementCall call) => SteerAsync(call, reason => call.Client.SuspendInstanceAsync(call.InstanceId, reason, call.Aborted));

    public static Task ResumeAsync(ManagementCall call) => SteerAsync(call, reason => call.Client.ResumeInstanceAsync(call.InstanceId, reason, call.Aborted));

    private static async Task SteerAsync(ManagementCall call, Func<string?, Task> steer)
    {
        if (await call.FindInstanceAsync() is not { } instance)
            return;

        if (instance.IsCompleted)
        {
            await call.EmptyAsync(StatusCodes.Status410Gone);
            return;
        }

        await steer(call.Query.Text("reason"));
        await call.EmptyAsync(StatusCodes.Status202Accepted);
    }
}
