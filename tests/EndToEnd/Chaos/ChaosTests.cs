namespace Darkroom.EndToEnd.Chaos;

/// <summary>
/// The whole product, while everything around it fails: storage, upstream, workers and hosts. Clients work with it all the time, and check
/// the promises. This is the short form; <c>./darkroom chaos --minutes 60 --seed 1</c> runs it longer.
/// </summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Clients = 8;

    [Fact]
    public async Task Product_EverythingFails_KeepsItsPromises()
    {
        var options = ChaosOptions.Read();
        var report = new ChaosReport(output, options.Seed);
        report.Write($"Seed {options.Seed}, {options.Minutes} minutes, {Clients} clients, two hosts.");
        await using var cluster = await ChaosCluster.StartAsync(options, report);
        var caller = new ChaosCaller(cluster, report);
        var check = new ChaosCheck(cluster, caller, report);

        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(options.Minutes));
        cluster.Storage.IsFaulty = true;
        var kills = new ChaosKills(cluster, report, new Random(options.Seed)).RunAsync(over.Token);
        var clients = Enumerable.Range(1, Clients).Select(
            number => new ChaosClient(cluster, caller, check, report, new Random(options.Seed + number)).RunAsync(over.Token)).ToArray();
        var summing = SumAsync(report, over.Token);
        await Task.WhenAll([kills, summing]);
        // What was begun is finished without further faults.
        cluster.Storage.IsFaulty = false;
        await Task.WhenAll(clients);
        await cluster.AllRunAsync();
        await check.AtTheEndAsync();

        report.Sum();
        report.Write($"Storage: {string.Join(", ", cluster.Storage.Counts.Select(count => $"{count.Value} {count.Key}"))}");
        Assert.True(report.Violations.Count == 0, string.Join('\n', report.Violations));
        // A run in which nothing happens proves nothing.
        Assert.True(report.CountOf("pictures compared") > 0);
        Assert.True(cluster.Hosts.Sum(host => host.Logs.Count) > 2);
    }

    private static async Task SumAsync(ChaosReport report, CancellationToken over)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        try
        {
            while (await minute.WaitForNextTickAsync(over))
                report.Sum();
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }
}
