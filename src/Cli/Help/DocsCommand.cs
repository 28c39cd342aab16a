using System.CommandLine;
using System.Globalization;
using Darkroom.Cli.Develop;

namespace Darkroom.Cli.Help;

/// <summary><c>darkroom docs</c>: writes <c>docs/cli.md</c>. It is for developers of Darkroom, so the help does not list it.</summary>
internal sealed class DocsCommand : Command
{
    private readonly Option<bool> _check = new("--check") { Description = DevelopWords.DocsCheck };

    public DocsCommand(CommandEnvironment environment)
        : base("docs", DevelopWords.DocsCommand)
    {
        Hidden = true;
        Options.Add(_check);
        SetAction(async (parsed, cancellation) =>
        {
            var path = Path.Combine(SourceFolder.Find(), "docs", "cli.md");
            CultureInfo.CurrentUICulture = Language.English;
            var text = CliReference.Render(CommandTree.Create(new Server.ServerOptions(environment)));
            if (!parsed.GetValue(_check))
                await File.WriteAllTextAsync(path, text, cancellation);
            else if (await File.ReadAllTextAsync(path, cancellation) != text)
                throw CommandException.Failed(DevelopWords.DocsAreOld);
            return ExitCode.Ok;
        });
    }
}
