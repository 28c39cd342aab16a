using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;

namespace Darkroom.Cli.Help;

/// <summary>
/// Renders <c>docs/cli.md</c> from the commands: descriptions, arguments, options, examples and exit codes. The text between them is in
/// <c>Help/Pages</c>: <c>intro.md</c>, and <c>COMMAND.md</c> for what the help of a command is too short for.
/// </summary>
internal static class CliReference
{
    private static readonly string[] Everywhere = ["--url", "--key", "--json", "--lang"];

    public static string Render(Command root)
    {
        var page = new StringBuilder();
        page.Append(Page("intro"));
        foreach (var command in root.Subcommands.OfType<DocumentedCommand>())
            Append(page, command, $"darkroom {command.Name}", "##");
        return page.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private static void Append(StringBuilder page, DocumentedCommand command, string name, string heading)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n{heading} {name["darkroom ".Length..]}\n\n{command.Description}\n");
        page.Append(CultureInfo.InvariantCulture, $"\n```\n{Usage(command, name)}\n```\n");
        AppendTable(page, command);
        if (command.Examples.Count > 0)
            page.Append(CultureInfo.InvariantCulture, $"\nExamples:\n\n```\n{string.Join('\n', command.Examples)}\n```\n");
        page.Append(CultureInfo.InvariantCulture, $"\nExit codes: {string.Join(", ", command.ExitCodes)}.\n");
        if (Page(command.Name) is { Length: > 0 } more)
            page.Append('\n').Append(more.TrimEnd()).Append('\n');
        foreach (var inner in command.Subcommands.OfType<DocumentedCommand>())
            Append(page, inner, $"{name} {inner.Name}", heading + "#");
    }

    private static string Usage(Command command, string name)
    {
        var arguments = command.Arguments.Select(
            argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}");
        return $"{name}{string.Concat(arguments)}{(command.Subcommands.Any() ? " [command]" : "")} [options]";
    }

    private static void AppendTable(StringBuilder page, Command command)
    {
        var rows = command.Arguments.Select(argument => (Name: argument.Name, argument.Description))
            .Concat(command.Options.Where(option => !IsEverywhere(option))
                .Select(option => (Name: NameOf(option), Description: DescriptionOf(option))))
            .ToArray();
        if (rows.Length > 0)
            page.Append("\n| argument or option | |\n|---|---|\n");
        foreach (var (name, description) in rows)
            page.Append(CultureInfo.InvariantCulture, $"| `{name.Replace("|", "\\|", StringComparison.Ordinal)}` | {description} |\n");
        if (command.Options.Any(IsEverywhere))
        {
            var names = command.Options.Where(IsEverywhere).Select(option => $"`{option.Name}`");
            page.Append(CultureInfo.InvariantCulture, $"\nAlso {string.Join(", ", names)} ([above](#the-darkroom-command)).\n");
        }
    }

    private static bool IsEverywhere(Option option) => Everywhere.Contains(option.Name) && option.Description == TextOf(option.Name);

    private static string? TextOf(string name) => name switch
    {
        "--url" => Words.UrlOption.With(Server.ServerOptions.UsualUrl),
        "--key" => Words.KeyOption,
        "--json" => Words.JsonOption,
        "--lang" => Words.LanguageOption,
        _ => null,
    };

    private static string NameOf(Option option)
    {
        var names = string.Join(", ", option.Aliases.Order(StringComparer.Ordinal).Append(option.Name));
        return option is HelpOption || option.Arity.MaximumNumberOfValues == 0 || option.HelpName is null
            ? names
            : $"{names} {option.HelpName}";
    }

    private static string? DescriptionOf(Option option) =>
        option.HasDefaultValue && option.HelpName is not null
            ? $"{option.Description} Default: {option.GetDefaultValue()}."
            : option.Description;

    private static string Page(string name)
    {
        using var stream = typeof(CliReference).Assembly.GetManifestResourceStream($"page.{name}.md");
        if (stream is null)
            return "";
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
