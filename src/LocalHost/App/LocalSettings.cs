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
        if (json.RootElement.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
            throw new StartException(
                $"{FileName} is encrypted. Decrypt it with func settings decrypt, or set the values in the environment.");
        if (!json.RootElement.TryGetProperty("Values", out var values))
            return;
        if (values.ValueKind != JsonValueKind.Object)
            throw new StartException($"{FileName}: Values must be an object of names and strings.");
        foreach (var value in values.EnumerateObject())
        {
            if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                throw new StartException(
                    $"{FileName}: Values.{value.Name} must be a string. Write nested names with a double underscore: Section__Name.");
            // Only the double underscore works as a separator on both Windows and Linux.
            var name = value.Name.Replace(":", "__", StringComparison.Ordinal);
            if (Environment.GetEnvironmentVariable(name) is null)
                Environment.SetEnvironmentVariable(name, value.Value.ToString());
        }
    }
}
