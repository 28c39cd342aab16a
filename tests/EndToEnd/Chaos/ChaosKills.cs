namespace Darkroom.EndToEnd.Chaos;

/// <summary>Kills a worker, a host, both, or everything, at random moments.</summary>
internal sealed class ChaosKills(ChaosCluster cluster, ChaosReport report, Random chance)
{
    private const int ShortestPause = 10;
    private const int LongestPause = 40;

    public async Task RunAsync(CancellationToken over)
    {
        while (true)
        {
            try
            {
                // On a slow machine a start takes long; kills that come faster than starts would only stop all work.
                await cluster.AllRunAsync(over);
                await Task.Delay(TimeSpan.FromSeconds(chance.Next(ShortestPause, LongestPause)), over);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Kill(cluster.Hosts[chance.Next(cluster.Hosts.Count)]);
        }
    }

    private void Kill(ChaosHost host)
    {
        switch (chance.Next(10))
        {
            case < 4:
                host.KillWorker();
                report.Count("kills of a worker");
                break;
            case < 7:
                host.KillHost();
                report.Count("kills of a host");
                break;
            case < 9:
                host.KillBoth();
                report.Count("kills of a host and its worker");
                break;
            default:
                foreach (var any in cluster.Hosts)
                    any.KillBoth();
                report.Count("kills of everything");
                break;
        }
    }
}
