using System.CommandLine;

namespace Darkroom.Cli.Server;

/// <summary>The options of all commands that call a Darkroom server: its address, the key, and JSON output.</summary>
internal sealed class ServerOptions(CommandEnvironment environment)
{
    private const string UsualUrl = "http://127.0.0.1:7071";

    public CommandEnvironment CommandEnvironment { get; } = environment;

    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"The address of Darkroom. Default: DARKROOM_URL, then {UsualUrl}.",
        HelpName = "URL",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = "The function key. Default: DARKROOM_KEY, which other users of this machine cannot see.",
        HelpName = "KEY",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the JSON of the server, for scripts." };

    public void AddTo(Command command)
    {
        AddAddressTo(command);
        command.Options.Add(Json);
    }

    /// <summary>Adds only the address and the key, for a command without JSON output of its own.</summary>
    public void AddAddressTo(Command command)
    {
        command.Options.Add(Url);
        command.Options.Add(Key);
    }

    /// <exception cref="CommandException">The address is not valid, or would send the key unencrypted.</exception>
    public DarkroomServer Connect(ParseResult parsed)
    {
        var text = parsed.GetValue(Url) ?? Given("DARKROOM_URL") ?? UsualUrl;
        if (!Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
                || url.Query.Length > 0 || url.UserInfo.Length > 0)
            throw CommandException.Usage($"--url: \"{text}\" is not the address of a Darkroom. Use one such as {UsualUrl}.");
        var key = parsed.GetValue(Key) ?? Given("DARKROOM_KEY");
        if (key is not null && url.Scheme == "http" && !url.IsLoopback)
            throw CommandException.Usage($"--url: The key would be sent to {url.Host} without encryption. Use https.");
        return new DarkroomServer(url, key, CommandEnvironment.Time, CommandEnvironment.Error.WriteLine);
    }

    private string? Given(string name) => CommandEnvironment.Variable(name) is { Length: > 0 } value ? value : null;
}
