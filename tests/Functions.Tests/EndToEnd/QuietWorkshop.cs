using System.Net;
using Darkroom.Simulator;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>A workshop for tests that need the gate for themselves: one slot, and nobody else. Its tests run one after the other.</summary>
public sealed class QuietWorkshop : Workshop
{
    public const string Name = "quiet";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Darkroom__Slots"] = "1", ["Darkroom__MaxQueued"] = "40" };

    /// <summary>From now on tasks take so long.</summary>
    public void Takes(double seconds) => Upstream.Settings = new SimulatorSettings { Seconds = seconds, Speed = 1 };

    /// <summary>A gate that knows of nothing that was before.</summary>
    public async Task RenewGateAsync()
    {
        using var end = await SendAsync(HttpMethod.Post, "runtime/webhooks/durabletask/instances/upstream-gate/terminate?reason=test");
        HttpStatusCode purged;
        do
        {
            using var purge = await Http.DeleteAsync("runtime/webhooks/durabletask/instances/upstream-gate");
            purged = purge.StatusCode;
        }
        while (purged == HttpStatusCode.PreconditionFailed);
        using var ready = await Http.GetAsync("api/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    /// <summary>From now on tasks are instant.</summary>
    public void IsInstant() => Upstream.Settings = UpstreamSettings;
}

[CollectionDefinition(QuietWorkshop.Name)]
public sealed class WhoSharesTheQuietWorkshop : ICollectionFixture<QuietWorkshop>;
