using System.Text.Json;
using System.Text.Unicode;

namespace Darkroom.LocalHost.App;

/// <summary>The build output of a function app, after a check that a host can run it.</summary>
internal sealed record FunctionApp
{
    /// <summary>The full path of the folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The program that runs the worker, usually <c>dotnet</c>.</summary>
    public required string Executable { get; init; }

    /// <summary>The app's assembly, relative to the folder.</summary>
    public required string WorkerPath { get; init; }

    /// <summary>The name of the app in storage. All hosts of one app use the same lock blobs and timer states.</summary>
    public string Name => Path.GetFileNameWithoutExtension(WorkerPath);

    /// <exception cref="StartException">The folder is not the build output of an isolated .NET app.</exception>
    public static FunctionApp Open(string path)
    {
        var folder = Path.GetFullPath(path);
        if (!Directory.Exists(folder))
            throw new StartException($"The app folder {folder} does not exist. Build the app first, and give its output folder.");
        foreach (var file in (string[])["worker.config.json", "functions.metadata", "host.json"])
        {
            if (!File.Exists(Path.Combine(folder, file)))
            {
                throw new StartException($"{folder} is not the build output of an isolated .NET function app: it has no {file}. "
                    + "Give the folder that dotnet build or dotnet publish wrote, such as bin/Release/net10.0.");
            }
        }

        using var config = ReadJson(Path.Combine(folder, "worker.config.json"));
        return Read(folder, config.RootElement);
    }

    /// <summary>Reads the content of worker.config.json.</summary>
    /// <exception cref="StartException">The worker is not an isolated .NET worker.</exception>
    public static FunctionApp Read(string folder, JsonElement config)
    {
        var description = config.TryGetProperty("description", out var found) ? found : default;
        var language = Text(description, "language");
        if (language != "dotnet-isolated")
            throw new StartException($"The app's worker is \"{language}\" (worker.config.json). This host runs isolated .NET apps only.");
        return new FunctionApp
        {
            Folder = folder,
            Executable = Text(description, "defaultExecutablePath") ?? "dotnet",
            WorkerPath = Text(description, "defaultWorkerPath") ?? throw new StartException(
                "worker.config.json has no defaultWorkerPath. Build the app again."),
        };
    }

    /// <summary>Reads a JSON file of the app, an object; comments, trailing commas and a byte order mark are allowed.</summary>
    /// <exception cref="StartException">The file is not a JSON object of valid text; the message has the position.</exception>
    public static JsonDocument ReadJson(string path) => ReadJson(path, File.ReadAllBytes(path));

    /// <inheritdoc cref="ReadJson(string)"/>
    public static JsonDocument ReadJson(string path, ReadOnlyMemory<byte> content)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(
                content.Span.StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content,
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException exception)
        {
            throw new StartException(
                $"{Path.GetFileName(path)} is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}). "
                    + $"Correct {path}.", exception);
        }

        if (json.RootElement.ValueKind == JsonValueKind.Object && Utf8.IsValid(content.Span) && IsText(json.RootElement))
            return json;
        json.Dispose();
        throw new StartException(
            $"{Path.GetFileName(path)} is not a JSON object, or has text that is not valid Unicode. Correct {path}.");
    }

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    // Half of a character, such as \ud83d alone, is valid JSON, but every access to a field of the same object fails.
    private static bool IsText(JsonElement json)
    {
        try
        {
            JsonSerializer.SerializeToUtf8Bytes(json);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
