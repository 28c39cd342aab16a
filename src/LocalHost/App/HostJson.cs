using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.App;

/// <summary>
/// Reads host.json into the configuration section that extensions read. Environment variables of the same name override its values.
/// </summary>
internal static class HostJson
{
    /// <summary>The section that holds the content of the file.</summary>
    public const string Section = "AzureFunctionsJobHost";

    private const string DefaultTimeout = "00:30:00";

    /// <exception cref="StartException">The file is not JSON, or its version is not 2.0.</exception>
    public static IConfigurationRoot Read(FunctionApp app)
    {
        using var json = FunctionApp.ReadJson(Path.Combine(app.Folder, "host.json"));
        return new ConfigurationBuilder().AddInMemoryCollection(Values(json.RootElement)).AddEnvironmentVariables().Build();
    }

    /// <summary>The values of the file, by their paths.</summary>
    /// <exception cref="StartException">The version is not 2.0.</exception>
    public static IReadOnlyDictionary<string, string?> Values(JsonElement json)
    {
        if (!json.TryGetProperty("version", out var version) || version.ToString() != "2.0")
            throw new StartException("host.json: version must be \"2.0\".");

        // Configuration ignores the case of names. Of names that differ only in case, the last one counts.
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            // The WebJobs SDK reads the settings of extensions from this section.
            ["AzureWebJobsConfigurationSection"] = Section,
        };
        Flatten(Section, json, values);
        return values;
    }

    /// <summary>The prefix of every route: <c>extensions.http.routePrefix</c>.</summary>
    public static string RoutePrefix(IConfiguration configuration) =>
        configuration[$"{Section}:extensions:http:routePrefix"]?.Trim('/') ?? "api";

    /// <summary>The longest time that a function may run; null for no limit.</summary>
    /// <exception cref="StartException">The value is not a time span.</exception>
    public static TimeSpan? FunctionTimeout(IConfiguration configuration)
    {
        var text = configuration[$"{Section}:functionTimeout"] is { Length: > 0 } set ? set : DefaultTimeout;
        if (text == "-1")
            return null;
        return TimeSpan.TryParse(text, out var timeout) && timeout > TimeSpan.Zero
            ? timeout
            : throw new StartException(
                $"host.json: functionTimeout is \"{text}\". It must be a time such as \"00:10:00\", or \"-1\" for no limit.");
    }

    private static void Flatten(string path, JsonElement element, Dictionary<string, string?> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Flatten($"{path}:{property.Name}", property.Value, values);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten($"{path}:{index++}", item, values);
                break;
            case JsonValueKind.Null:
                break;
            default:
                values[path] = element.ToString();
                break;
        }
    }
}
