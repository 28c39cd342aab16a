using System.CommandLine;
using Darkroom.Cli.Help;

namespace Darkroom.Cli.Completion;

/// <summary><c>darkroom completion SHELL</c>: prints a script that completes command lines in a shell.</summary>
internal sealed class CompletionCommand : DocumentedCommand
{
    private readonly Argument<string> _shell = new("shell") { Description = Words.CompletionShell };

    public CompletionCommand(CommandEnvironment environment)
        : base("completion", Words.CompletionCommand)
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "powershell");
        Arguments.Add(_shell);
        Examples =
        [
            "source <(darkroom completion bash)",
            "source <(darkroom completion zsh)",
            "darkroom completion fish > ~/.config/fish/completions/darkroom.fish",
            "darkroom completion powershell | Out-String | Invoke-Expression",
        ];
        ExitCodes = [ExitCode.Ok, ExitCode.Usage];
        SetAction(parsed => environment.Out.Write(ScriptFor(parsed.GetRequiredValue(_shell))));
    }

    private static string ScriptFor(string shell)
    {
        using var script = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{shell}")!);
        return script.ReadToEnd();
    }
}
