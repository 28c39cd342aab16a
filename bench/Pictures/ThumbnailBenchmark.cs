using System.Diagnostics;
using Azure.Storage.Blobs;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Thumbnails;
using Darkroom.Simulator.Paintings;
using Darkroom.Storage;
using Darkroom.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace Darkroom.Bench;

/// <summary>
/// Compares a thumbnail with a plain decode of the same picture, and the time that it adds to a saved picture with the write of a sidecar,
/// which happens at the same time. Measures the memory for the largest pictures.
/// </summary>
internal sealed class ThumbnailBenchmark : Benchmark
{
    private const int Runs = 60;
    private const int LargeSide = 8000;

    public override string Name => "thumbnail";

    public override string About => "thumbnails of 1024x1024 pictures, and of pictures with 64 megapixels";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        var png = Painted((painting, file) => painting.WritePng(file));
        var jpeg = Painted((painting, file) => painting.WriteJpeg(file));
        var (make, decode) = Median(() => Make(png), () => SKBitmap.Decode(png)!.Dispose());
        var (makeJpeg, decodeJpeg) = Median(() => Make(jpeg), () => SKBitmap.Decode(jpeg)!.Dispose());
        var (added, sidecar) = await AddedAsync(png);
        var results = new List<Result>
        {
            Result.Note("PNG: time of the thumbnail, p50", make, "ms"),
            Result.AtMost("PNG: against a plain decode", make / decode, 6, "times"),
            Result.Note("JPEG: time of the thumbnail, p50", makeJpeg, "ms"),
            Result.AtMost("JPEG: against a plain decode", makeJpeg / decodeJpeg, 6, "times"),
            Result.Note("write of a sidecar, p50", sidecar, "ms"),
            Result.Note("time that a thumbnail adds to a saved picture, p50", added, "ms"),
        };
        foreach (var (format, file) in Large())
        {
            var before = Environment.WorkingSet;
            var (peak, milliseconds) = Peak(() => Make(file));
            results.Add(Result.AtMost($"64 megapixels, {format}: memory with the file", (peak - before + file.Length) / 1e6, 80, "MB"));
            results.Add(Result.Note($"64 megapixels, {format}: time", milliseconds, "ms"));
        }

        return results;
    }

    private static ThumbnailAnswer.Found Make(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        return ThumbnailMaker.Make(data, CancellationToken.None) as ThumbnailAnswer.Found
            ?? throw new InvalidOperationException("The picture got no thumbnail.");
    }

    private static byte[] Painted(Action<Painting, Stream> write)
    {
        using var file = new MemoryStream();
        write(new Painting("a golden cat", 1, 1024, 1024), file);
        return file.ToArray();
    }

    // The two alternate, so that other load affects both.
    private static (double First, double Second) Median(Action first, Action second)
    {
        var (one, two) = (new double[Runs], new double[Runs]);
        for (var run = -5; run < Runs; run++)
        {
            var (a, b) = (Time(first), Time(second));
            if (run >= 0)
                (one[run], two[run]) = (a, b);
        }

        return (Middle(one), Middle(two));
    }

    private static async Task<(double Added, double Sidecar)> AddedAsync(byte[] png)
    {
        var storage = await Azurite.StartAnotherAsync();
        var containers = new Containers(new BlobServiceClient(storage.ConnectionString));
        await containers.CreateAsync(CancellationToken.None);
        using var thumbnails = new PictureThumbnails(
            new ThumbnailStore(containers), TimeProvider.System, NullLogger<PictureThumbnails>.Instance);
        var (with, without) = (new double[Runs], new double[Runs]);
        for (var run = -5; run < Runs; run++)
        {
            var picture = new SavedPicture
            {
                Index = 0,
                Blob = $"{run}.png",
                ContentType = "image/png",
                Width = 1024,
                Height = 1024,
                Bytes = png.Length,
                Sha256 = "",
            };
            await containers.Pictures.UploadBlobAsync(picture.Blob, BinaryData.FromBytes(png));
            var alone = await TimeAsync(() => WriteSidecarAsync(containers, $"{run}-alone.json"));
            var both = await TimeAsync(
                () => Task.WhenAll(
                    thumbnails.TryMakeAsync(picture, CancellationToken.None), WriteSidecarAsync(containers, picture.SidecarBlob)));
            if (run >= 0)
                (with[run], without[run]) = (both, alone);
        }

        return (Middle(with) - Middle(without), Middle(without));
    }

    private static Task WriteSidecarAsync(Containers containers, string name) =>
        containers.Pictures.UploadBlobAsync(name, BinaryData.FromBytes(new byte[1500]));

    private static IEnumerable<(string Format, byte[] File)> Large()
    {
        using var surface = SKSurface.Create(new SKImageInfo(LargeSide, LargeSide, SKColorType.Rgba8888, SKAlphaType.Opaque))!;
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(LargeSide, LargeSide), [SKColors.Red, SKColors.Blue, SKColors.Green], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        surface.Canvas.DrawPaint(paint);
        using var pixels = surface.PeekPixels()!;
        using var png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, zLibLevel: 1))!;
        using var jpeg = pixels.Encode(new SKJpegEncoderOptions(85))!;
        using var webP = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 50))!;
        return [("PNG", png.ToArray()), ("JPEG", jpeg.ToArray()), ("WebP", webP.ToArray())];
    }

    private static (long Peak, double Milliseconds) Peak(Action work)
    {
        var peak = 0L;
        using var done = new ManualResetEventSlim();
        var sampler = new Thread(() =>
        {
            while (!done.Wait(TimeSpan.FromMilliseconds(2)))
                peak = Math.Max(peak, Environment.WorkingSet);
        });
        sampler.Start();
        var milliseconds = Time(work);
        done.Set();
        sampler.Join();
        return (peak, milliseconds);
    }

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
