using System.Diagnostics;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Develop;

/// <summary>The script <c>darkroom</c>, with a program in place of dotnet that notes how it is called.</summary>
public sealed class ShimTests : IDisposable
{
    private const string FakeDotnet = """
        #!/bin/sh
        printf '%s|' "$@" >>"$LOG"; printf ' in %s, rebuild %s, pid %s\n' "$(pwd)" "${DARKROOM_REBUILD:-no}" "$$" >>"$LOG"
        case $1 in
          build) shift 5; test -z "$FAIL" && : >"$1/Darkroom.Cli.dll" || { echo 'error CS1002' ; exit 1; } ;;
          *) exit 7 ;;
        esac
        """;

    private readonly TempFolder _folder = new();

    public ShimTests()
    {
        foreach (var folder in new[] { "bin", "check out", "elsewhere" })
            Directory.CreateDirectory(_folder[folder]);
        File.Copy(Path.Combine(Repository.Root, "darkroom"), _folder["check out/darkroom"]);
        File.WriteAllText(_folder["bin/dotnet"], FakeDotnet);
        using var chmod = Process.Start("chmod", ["+x", _folder["bin/dotnet"]]);
        chmod.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_NotBuilt_BuildsAndRunsInTheCallersFolder()
    {
        var (code, error) = Run(fails: false, rebuild: false, "generate", "a golden cat", "--tag", "");

        Assert.Equal(7, code);
        Assert.Equal("darkroom: building the command", error.Trim());
        var calls = Calls();
        Assert.StartsWith("build|src/Cli/Cli.csproj|--configuration|Release|--output|", calls[0], StringComparison.Ordinal);
        Assert.Contains($" in {_folder["check out"]}, ", calls[0], StringComparison.Ordinal);
        Assert.Contains("Darkroom.Cli.dll|generate|a golden cat|--tag|| ", calls[1], StringComparison.Ordinal);
        Assert.Contains($" in {_folder["elsewhere"]}, rebuild done", calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Built_OnlyRunsAndKeepsTheProcessId()
    {
        Run(fails: false, rebuild: false, "list");
        var (_, error) = Run(fails: false, rebuild: false, out var process, "list");

        Assert.Equal("", error);
        Assert.Equal(3, Calls().Length);
        Assert.EndsWith($"rebuild no, pid {process}", Calls()[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RebuildAsked_BuildsIntoAnotherFolder()
    {
        Run(fails: false, rebuild: false, "list");
        Run(fails: false, rebuild: true, "list");

        var calls = Calls();
        Assert.Equal(4, calls.Length);
        Assert.NotEqual(calls[1].Split('|')[0], calls[3].Split('|')[0]);
        Assert.Contains("rebuild done", calls[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BuildFails_PrintsItsOutputAndRunsNothing()
    {
        var (code, error) = Run(fails: true, rebuild: false, "list");

        Assert.Equal(1, code);
        Assert.Contains("error CS1002", error, StringComparison.Ordinal);
        Assert.Single(Calls());
    }

    [Fact]
    public void Run_SymbolicLink_FindsTheCheckout()
    {
        File.CreateSymbolicLink(_folder["bin/darkroom"], _folder["check out/darkroom"]);

        Run(_folder["bin/darkroom"], fails: false, rebuild: false, out _, "list");

        Assert.Contains(_folder["check out/src/Cli/bin/command"], Calls()[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DotnetMissing_SaysWhereToGetIt()
    {
        File.Delete(_folder["bin/dotnet"]);

        var (code, error) = Run(fails: false, rebuild: false, "list");

        Assert.Equal(1, code);
        Assert.Contains("https://dotnet.microsoft.com/download", error, StringComparison.Ordinal);
    }

    private string[] Calls() => File.ReadAllLines(_folder["log"]);

    private (int Code, string Error) Run(bool fails, bool rebuild, params string[] arguments) => Run(fails, rebuild, out _, arguments);

    private (int Code, string Error) Run(bool fails, bool rebuild, out int id, params string[] arguments) =>
        Run(_folder["check out/darkroom"], fails, rebuild, out id, arguments);

    private (int Code, string Error) Run(string script, bool fails, bool rebuild, out int id, params string[] arguments)
    {
        // PATH has what the script needs, and no real dotnet.
        foreach (var tool in new[] { "readlink", "dirname", "date", "mkdir", "rm", "mv", "ls", "grep", "sort", "tail" })
        {
            if (!File.Exists(_folder[$"bin/{tool}"]))
                File.CreateSymbolicLink(_folder[$"bin/{tool}"], Cli.Tooling.SearchPath.Find(tool)!);
        }

        var start = new ProcessStartInfo("/bin/sh", [script, .. arguments])
        {
            WorkingDirectory = _folder["elsewhere"],
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["PATH"] = _folder["bin"],
                ["LOG"] = _folder["log"],
                ["FAIL"] = fails ? "1" : "",
                ["DARKROOM_REBUILD"] = rebuild ? "1" : "",
            },
        };
        using var process = Process.Start(start)!;
        id = process.Id;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
