using System.CommandLine;

namespace Darkroom.Cli.Server;

/// <summary>What every command that talks to a Darkroom can be told: where it is, its key, and whether a script is listening.</summary>
internal sealed class ServerOptions(Surroundings surroundings)
{
    private const string UsualUrl = "http://127.0.0.1:7071";

    public Surroundings Surroundings { get; } = surroundings;

    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"Where Darkroom is; else DARKROOM_URL, else {UsualUrl}.",
        HelpName = "URL",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = "The function key; else DARKROOM_KEY. In the environment it is not seen by others on this machine.",
        HelpName = "KEY",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the server's own JSON, for scripts." };

    public void AddTo(Command command)
    {
        command.Options.Add(Url);
        command.Options.Add(Key);
        command.Options.Add(Json);
    }

    /// <exception cref="CommandException">The address cannot be.</exception>
    public DarkroomServer Connect(ParseResult parsed)
    {
        var text = parsed.GetValue(Url) ?? Given("DARKROOM_URL") ?? UsualUrl;
        if (
            !Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
                || url.Query.Length > 0)
            throw CommandException.Usage($"--url: \"{text}\" is not the address of a Darkroom. It looks like {UsualUrl}.");
        var key = parsed.GetValue(Key) ?? Given("DARKROOM_KEY");
        if (key is not null && url.Scheme == "http" && !url.IsLoopback)
            throw CommandException.Usage($"--url: Everybody on the way to {url.Host} could read the key. Use https.");
        return new DarkroomServer(url, key, Surroundings.Time, Surroundings.Error.WriteLine);
    }

    private string? Given(string name) => Surroundings.Variable(name) is { Length: > 0 } value ? value : null;
}
