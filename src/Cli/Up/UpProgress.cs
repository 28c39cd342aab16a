namespace Darkroom.Cli.Up;

/// <summary>Prints what <c>up</c> does while it starts, on standard error.</summary>
internal sealed class UpProgress(CommandEnvironment environment)
{
    private readonly Lock _telling = new();

    /// <summary>Prints a step, such as "Building".</summary>
    public void Tell(string step) => Write(environment.Error, environment.IsErrorTerminal ? $"› {step} …" : step);

    /// <summary>Prints a sentence that the user must see.</summary>
    public void Note(string sentence) => Write(environment.Error, sentence);

    /// <summary>Prints a line of the result on standard output.</summary>
    public void Result(string line) => Write(environment.Out, line);

    private void Write(TextWriter to, string line)
    {
        lock (_telling)
            to.WriteLine(line);
    }
}
