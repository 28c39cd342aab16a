using System.Diagnostics;
using System.Security.Cryptography;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Tasks;
using Darkroom.Simulator.Paintings;

namespace Darkroom.Bench;

/// <summary>Compares the download of a 50 MB picture with a plain copy with SHA-256 of the same bytes from the same server.</summary>
internal sealed class PictureBenchmark : Benchmark
{
    private const int Length = 50_000_000;
    private const int Runs = 7;

    public override string Name => "picture";

    public override string About => $"a picture of {Length / 1_000_000} MB streamed over loopback, hashed and measured";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        using var server = new PictureServer(Picture());
        using var client = new ModelScopeClient(
            new ModelScopeOptions { Pictures = new PictureRules { Hosts = [server.Authority], AllowHttp = true } });
        using var bare = new HttpClient();
        double ours = 0, baseline = 0;
        // The two alternate, so that other load affects both. The first run of each warms up the JIT compiler.
        for (var run = 0; run <= Runs; run++)
        {
            baseline = Math.Max(baseline, await SpeedAsync(() => CopyBareAsync(bare, server.Address)));
            ours = Math.Max(ours, await SpeedAsync(() => CopyOursAsync(client, server.Address)));
        }

        var peak = await PeakAsync(() => CopyOursAsync(client, server.Address));
        return
        [
            Result.AtLeast("speed against a bare copy with SHA-256", ours / baseline, 0.8, "times"),
            Result.Note("speed", ours / 1e6, "MB/s"),
            Result.AtMost("managed memory at its peak", peak / 1e6, 2, "MB"),
        ];
    }

    private static async Task<double> SpeedAsync(Func<Task> copy)
    {
        var watch = Stopwatch.StartNew();
        await copy();
        return Length / watch.Elapsed.TotalSeconds;
    }

    // The copy itself samples the memory after every block, so that no peak is missed.
    private static async Task<long> PeakAsync(Func<Task> copy)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Probe.Start(before);
        await copy();
        return Probe.Stop();
    }

    private static async Task CopyOursAsync(ModelScopeClient client, Uri address)
    {
        await using var picture = await client.OpenPictureAsync(PictureSource.At(address));
        await CopyAsync(picture);
        if (picture.Facts.Bytes != Length)
            throw new InvalidOperationException("The picture is not whole.");
    }

    private static async Task CopyBareAsync(HttpClient client, Uri address)
    {
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await CopyAsync(body, hash);
        hash.GetHashAndReset();
    }

    private static async Task CopyAsync(Stream source, IncrementalHash? hash = null)
    {
        var block = new byte[81_920];
        while (await source.ReadAsync(block) is var read && read > 0)
        {
            hash?.AppendData(block, 0, read);
            Probe.Look();
        }
    }

    private static byte[] Picture()
    {
        using var file = new MemoryStream(Length);
        new Painting("a golden cat", 1, 1024, 1024).WritePng(file, padToBytes: Length);
        return file.ToArray();
    }
}
