using Darkroom.Cli.Develop.Testing;
using Darkroom.Cli.Help;

namespace Darkroom.Cli.Develop;

/// <summary><c>darkroom test</c>: builds everything and runs every test.</summary>
internal sealed class TestCommand : DocumentedCommand
{
    private readonly CommandEnvironment _environment;

    public TestCommand(CommandEnvironment environment)
        : base("test", DevelopWords.TestCommand)
    {
        _environment = environment;
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction((_, cancellation) => RunAsync(cancellation));
    }

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var root = SourceFolder.Find();
        var report = new TestReport(_environment.Out);
        var began = _environment.Time.GetTimestamp();
        TestCount count;
        try
        {
            await new Tools(root).RequireAsync(cancellation);
            await new NpmPackages(root).RestoreAsync(all: true, report.Begin, cancellation);
            await new Builds(root, report.Begin).AllAsync(cancellation);
            report.Done(DevelopWords.Build, _environment.Time.GetElapsedTime(began));
            var chromium = new Chromium(ChromiumSearch.OfThisMachine, report.Begin);
            count = await new TestRun(root, report, chromium, _environment.Time).RunAsync(TestPlan.Steps, cancellation);
        }
        catch (CommandException exception)
        {
            // The last line must be there also if no test could run.
            report.Write(exception.Message);
            count = new TestCount(0, 1);
        }

        report.Write(DevelopWords.TestsTook.With(_environment.Time.GetElapsedTime(began).TotalSeconds));
        report.Sum(count);
        return count.Failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
