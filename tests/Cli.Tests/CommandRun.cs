namespace Darkroom.Cli.Tests;

/// <summary>Runs a command in this process, in a given folder, and holds its exit code and output.</summary>
internal sealed record CommandRun(int Code, string Out, string Error)
{
    public static async Task<CommandRun> OfAsync(
        string folder,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? variables = null,
        string? typed = null,
        CancellationToken interrupted = default)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var environment = new CommandEnvironment
        {
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            Variable = name => variables?.GetValueOrDefault(name),
            ReadSecret = typed is null ? null : _ => typed,
            Directory = folder,
            Time = new HastyTime(),
        };
        var code = await DarkroomCommand.RunAsync(arguments, environment, interrupted);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
