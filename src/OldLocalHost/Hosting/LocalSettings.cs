namespace Darkroom.LocalHost.Hosting;

/// <summary><c>local.settings.json</c>: settings for this machine only, which stay out of the repository.</summary>
internal sealed record LocalSettings
{
    public const string FileName = "local.settings.json";

    public static readonly LocalSettings None = new();

    /// <summary>They become environment variables, unless those are there already.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public int? Port { get; init; }

    /// <summary>Whose pages may call the functions; <c>*</c> for everybody's.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public bool CorsCredentials { get; init; }

    /// <exception cref="StartException">It cannot be read.</exception>
    public static LocalSettings Read(string path)
    {
        var file = JsonFile.Read(path);
        if (file.Switch("IsEncrypted") == true)
            throw new StartException($"{FileName} is encrypted, which only Core Tools can read: run 'func settings decrypt'.");

        var values = file.Section("Values");
        var host = file.Section("Host");
        return new LocalSettings
        {
            Values = values.All.Where(value => value.Value is not null).ToDictionary(value => value.Key, value => values.Plain(value.Key)!, StringComparer.Ordinal),
            Port = host.Number("LocalHttpPort", 0, 65535),
            CorsOrigins = host.Text("CORS")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            CorsCredentials = host.Switch("CORSCredentials") ?? false,
        };
    }

    /// <summary>The app and whatever it starts read them as they would in Azure: from the environment.</summary>
    public void AddToEnvironment()
    {
        foreach (var (name, value) in Values)
        {
            if (Environment.GetEnvironmentVariable(name) is null)
                Environment.SetEnvironmentVariable(name, value);
        }
    }
}
