using Darkroom.Api;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Functions.Tests.Orchestrations.TaskHub;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Api;

public sealed class ReadinessTests
{
    [Fact]
    public async Task LookAsync_CalledAgainWithinFiveSeconds_ReusesTheResult()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var readiness = ActivatorUtilities.CreateInstance<Readiness>(app.Services, (TimeProvider)app.Time);
        var client = new CountingClient(app);
        for (var n = 0; n < 5; n++)
            Assert.All(
                (await readiness.LookAsync(client, TestContext.Current.CancellationToken)).Values,
                part => Assert.Equal(Readiness.Ok, part));
        Assert.Equal(1, client.Looks);
        app.Time.Advance(TimeSpan.FromSeconds(5));
        await readiness.LookAsync(client, TestContext.Current.CancellationToken);
        Assert.Equal(2, client.Looks);
    }

    private sealed class CountingClient(AppOnTaskHub app) : HubClient(app.Hub)
    {
        public int Looks { get; private set; }

        public override Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        {
            Looks++;
            return base.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
        }
    }
}
