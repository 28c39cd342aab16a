using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary>Finds a browser for tests of the page. The order: DARKROOM_CHROMIUM, then programs in PATH, then the usual places.</summary>
internal sealed record ChromiumSearch
{
    public const string Variable = "DARKROOM_CHROMIUM";

    private static readonly string[] Names = [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable",
        "msedge"];

    private static readonly string[] MacPlaces =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    private static readonly string[] WindowsPlaces = [@"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];

    private static readonly string[] WindowsFolders = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Finds a program in PATH.</summary>
    public required Func<string, string?> OnPath { get; init; }

    public required Func<string, bool> Exists { get; init; }

    public static ChromiumSearch OfThisMachine { get; } =
        new() { Environment = System.Environment.GetEnvironmentVariable, OnPath = SearchPath.Find, Exists = File.Exists };

    /// <summary>The path of the browser; null if there is none.</summary>
    /// <exception cref="CommandException">DARKROOM_CHROMIUM names a file that does not exist.</exception>
    public string? Find()
    {
        if (Environment(Variable) is { Length: > 0 } given)
            return Exists(given) ? given : OnPath(given) ?? throw CommandException.Failed(DevelopWords.NoSuchChromium.With(given));
        return Names.Select(OnPath).OfType<string>().Concat(MacPlaces.Concat(OnWindows()).Where(Exists)).FirstOrDefault();
    }

    private IEnumerable<string> OnWindows() =>
        from variable in WindowsFolders
        let folder = Environment(variable)
        where !string.IsNullOrEmpty(folder)
        from place in WindowsPlaces
        select Path.Combine(folder, place);
}
