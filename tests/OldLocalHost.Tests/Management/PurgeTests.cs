using System.Net;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

public sealed class PurgeTests : ManagementTest
{
    [Fact]
    public async Task One_that_is_over_is_forgotten_once()
    {
        Client.Add("a", OrchestrationRuntimeStatus.Failed);
        await IsJsonAsync(HttpStatusCode.OK, """{"instancesDeleted":1}""", await DeleteAsync("instances/a"));
        await IsBareAsync(HttpStatusCode.NotFound, await DeleteAsync("instances/a"));
    }

    [Fact]
    public async Task One_that_is_not_over_is_412()
    {
        Client.Add("a", OrchestrationRuntimeStatus.Suspended);
        await IsJsonAsync(
            HttpStatusCode.PreconditionFailed,
            "\"Only orchestrations in a terminal state can be purged, but the orchestration with instance ID a has status Suspended\"",
            await DeleteAsync("instances/a"));
        Assert.Empty(Client.Calls);
    }

    [Fact]
    public async Task Many_need_a_time_to_begin_from() =>
        await IsJsonAsync(HttpStatusCode.BadRequest, "\"Please provide value for 'createdTimeFrom' parameter.\"", await DeleteAsync("instances?createdTimeFrom=then"));

    [Fact]
    public async Task Many_are_counted_and_none_is_404()
    {
        await IsBareAsync(HttpStatusCode.NotFound, await DeleteAsync("instances?createdTimeFrom=2026-01-01"));
        Client.Add("a", OrchestrationRuntimeStatus.Failed);
        Client.Add("b", OrchestrationRuntimeStatus.Failed);
        await IsJsonAsync(HttpStatusCode.OK, """{"instancesDeleted":2}""", await DeleteAsync("instances?createdTimeFrom=2026-01-01&createdTimeTo=2026-02-01T00:00:00Z&runtimeStatus=Failed,Completed"));
        Assert.Equal(
            [
                $"purge 2026-01-01T00:00:00.0000000+00:00 {Time.GetUtcNow():o} ",
                "purge 2026-01-01T00:00:00.0000000+00:00 2026-02-01T00:00:00.0000000+00:00 Failed,Completed",
            ],
            Client.Calls);
    }
}
