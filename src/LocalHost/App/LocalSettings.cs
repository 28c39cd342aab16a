using System.Text.Json;

namespace Darkroom.LocalHost.App;

/// <summary>
/// Sets the <c>Values</c> of local.settings.json as environment variables of this process, which the worker inherits. Variables that
/// exist are not changed.
/// </summary>
internal static class LocalSettings
{
    private const string FileName = "local.settings.json";

    /// <summary>Applies the file, if there is one.</summary>
    /// <exception cref="StartException">The file cannot be read, or is encrypted.</exception>
    public static void Apply(FunctionApp app)
    {
        var path = Path.Combine(app.Folder, FileName);
        if (!File.Exists(path))
            return;

        using var json = FunctionApp.ReadJson(path);
        foreach (var (name, value) in Values(json.RootElement))
        {
            if (Environment.GetEnvironmentVariable(name) is null)
                Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>The variables of the file.</summary>
    /// <exception cref="StartException">A value cannot be a variable, or the values are encrypted.</exception>
    public static IEnumerable<(string Name, string Value)> Values(JsonElement json)
    {
        if (json.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
            throw new StartException(
                $"{FileName} is encrypted. Decrypt it with func settings decrypt, or set the values in the environment.");
        if (!json.TryGetProperty("Values", out var values))
            yield break;
        if (values.ValueKind != JsonValueKind.Object)
            throw new StartException($"{FileName}: Values must be an object of names and strings.");
        foreach (var value in values.EnumerateObject())
        {
            if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                throw new StartException(
                    $"{FileName}: Values.{value.Name} must be a string. Write nested names with a double underscore: Section__Name.");
            if (value.Name.Length == 0 || value.Name.AsSpan().IndexOfAny('=', '\0') >= 0)
                throw new StartException($"{FileName}: Values.{value.Name} is not the name of an environment variable.");
            // Only the double underscore works as a separator on both Windows and Linux.
            yield return (value.Name.Replace(":", "__", StringComparison.Ordinal), value.Value.ToString());
        }
    }
}
