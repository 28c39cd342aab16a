using System.Text.RegularExpressions;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed partial class ChildTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Child_OutputLines_AreMatchedLoggedAndEchoed()
    {
        var echoed = new List<string>();
        await using var child = Child.Start(
            Plan(
                "echo begun; echo oh >&2; echo listening on 7; exec sleep 60") with
            { Echo = line => { lock (echoed) echoed.Add(line); } });

        var line = await child.LineAsync(Listening, CancellationToken.None);
        await child.StopAsync();

        Assert.Equal("7", line.Groups["port"].Value);
        await child.DisposeAsync();
        Assert.Equal(["begun", "listening on 7", "oh"], File.ReadLines(_folder["child.log"]).Order(StringComparer.Ordinal));
        Assert.Equal(3, echoed.Count);
    }

    [Fact]
    public async Task Line_ProgramEnds_FailsWithItsLastLines()
    {
        await using var child = Child.Start(Plan("for i in $(seq 100); do echo line $i; done; exit 7"));

        var failure = await Assert.ThrowsAsync<CommandException>(() => child.LineAsync(Listening, CancellationToken.None));

        Assert.StartsWith("The child ended (exit code 7). Its last output:", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("line 100", failure.Message, StringComparison.Ordinal);
        Assert.Equal(13, failure.Message.Split('\n').Length);
    }

    [Fact]
    public async Task Stop_ProgramHandlesSigterm_CanFinish()
    {
        await using var child = Child.Start(Plan("trap 'echo put away; exit 0' TERM; echo listening on 1; while :; do sleep 0.05; done"));
        await child.LineAsync(Listening, CancellationToken.None);

        await child.StopAsync();

        Assert.True(child.Ended.IsCompletedSuccessfully);
        await child.DisposeAsync();
        Assert.Contains("put away", await File.ReadAllTextAsync(_folder["child.log"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Program_KeepsProcessIdAndArguments()
    {
        await using var child = Child.Start(
            new ChildPlan(
                "The child",
                ["sh", "-c", "echo listening on $$; echo \"$1\"; exec sleep 60", "sh", "two  words $HOME 'and' \"quotes\""]
                )
            { LogFile = _folder["child.log"], WorkingDirectory = _folder.Path });

        var line = await child.LineAsync(Listening, CancellationToken.None);
        var next = await child.LineAsync(Anything, CancellationToken.None);

        Assert.Equal(child.ProcessId.ToString(), line.Groups["port"].Value);
        Assert.Equal("two  words $HOME 'and' \"quotes\"", next.Value);
    }

    [Fact]
    public void Start_ProgramMissing_Fails()
    {
        var plan = new ChildPlan(
            "The child", ["no-such-program"])
        { LogFile = _folder["child.log"], WorkingDirectory = _folder["missing"] };

        Assert.Contains(
            "The child cannot be started", Assert.Throws<CommandException>(() => Child.Start(plan)).Message, StringComparison.Ordinal);
    }

    private ChildPlan Plan(string script) =>
        new("The child", ["sh", "-c", script]) { LogFile = _folder["child.log"], WorkingDirectory = _folder.Path };

    [GeneratedRegex(@"^listening on (?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening { get; }

    [GeneratedRegex(".+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Anything { get; }
}
