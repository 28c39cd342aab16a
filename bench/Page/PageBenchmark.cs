using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Darkroom.TestKit;

namespace Darkroom.Bench;

/// <summary>
/// Measures the page in a browser: its first paint against an empty page, and long tasks while it scrolls through 2,000 pictures (or
/// <c>DARKROOM_PICTURES</c>, a multiple of 16), against a page that contains all of them. Playwright does the work.
/// </summary>
internal sealed partial class PageBenchmark : Benchmark
{
    public override string Name => "page";

    public override string About => "the page in Chromium: first paint, and scrolling through 2,000 pictures, or DARKROOM_PICTURES";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        var start = new ProcessStartInfo("node", ["node_modules/@playwright/test/cli.js", "test", "--config", "bench/Page"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The browser run failed:\n{output}");
        var values = Measured().Matches(output).ToDictionary(
            match => match.Groups["name"].Value,
            match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
        return
        [
            Result.Note("first paint of an empty page", values["baseline-paint"], "ms"),
            Result.Note("first paint of the gallery", values["page-paint"], "ms"),
            Result.Note("tiles in the document", values["page-elements"], ""),
            Result.AtMost("longest task while scrolling", values["page-longest"], 100, "ms"),
            Result.Note("all tasks over 50 ms while scrolling", values["page-long"], "ms"),
            Result.Note("longest task of a page with all pictures", values["baseline-longest"], "ms"),
            Result.Note("all tasks over 50 ms of that page", values["baseline-long"], "ms"),
        ];
    }

    [GeneratedRegex(@"^RESULT (?<name>[a-z-]+) (?<value>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Measured();
}
