using System.CommandLine;

namespace Darkroom.Cli.Server;

/// <summary>The options of all commands that call a Darkroom server: its address, the key, and JSON output.</summary>
internal sealed class ServerOptions(CommandEnvironment environment)
{
    public const string UsualUrl = "http://127.0.0.1:7071";

    public CommandEnvironment CommandEnvironment { get; } = environment;

    public Option<string?> Url { get; } = new("--url")
    {
        Description = Words.UrlOption.With(UsualUrl),
        HelpName = "URL",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = Words.KeyOption,
        HelpName = "KEY",
    };

    public Option<bool> Json { get; } = new("--json") { Description = Words.JsonOption };

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

    /// <summary>The given address, which can be wrong.</summary>
    public string UrlOf(ParseResult parsed) => parsed.GetValue(Url) ?? Given("DARKROOM_URL") ?? UsualUrl;

    /// <exception cref="CommandException">The address is not valid, or would send the key unencrypted.</exception>
    public DarkroomServer Connect(ParseResult parsed)
    {
        var text = UrlOf(parsed);
        if (!Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
                || url.Query.Length > 0 || url.UserInfo.Length > 0)
            throw CommandException.Usage(Words.UrlNotAnAddress.With(text, UsualUrl));
        var key = parsed.GetValue(Key) ?? Given("DARKROOM_KEY");
        var entraToken = Given("DARKROOM_ENTRA_TOKEN");
        if ((key ?? entraToken) is not null && url.Scheme == "http" && !url.IsLoopback)
            throw CommandException.Usage(Words.UrlNotEncrypted.With(url.Host));
        return new DarkroomServer(url, key, CommandEnvironment.Time, CommandEnvironment.Error.WriteLine, entraToken);
    }

    private string? Given(string name) => CommandEnvironment.Variable(name) is { Length: > 0 } value ? value : null;
}
