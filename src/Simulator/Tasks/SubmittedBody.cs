using System.Globalization;
using System.Text.Json;

namespace Darkroom.Simulator.Tasks;

/// <summary>The raw body of a submit, and the fields that the simulator uses.</summary>
public sealed record SubmittedBody(
    string Raw, string Model, string Prompt, int Width, int Height, int? Seed, int Steps, double Guidance, string NegativePrompt)
{
    private const int UsualSide = 1024;

    /// <summary>Whether the model id names a provider (<c>Owner/Name:Provider</c>), which bills the task: it costs no credits.</summary>
    public bool IsBilledByProvider => Model.Contains(':', StringComparison.Ordinal);

    /// <summary>Parses a body. If upstream would refuse it, returns null and upstream's error message.</summary>
    public static SubmittedBody? Read(string raw, out string? complaint)
    {
        complaint = null;
        try
        {
            using var json = JsonDocument.Parse(raw);
            var body = json.RootElement;
            var model = Text(body, "model");
            var prompt = Text(body, "prompt");
            if (string.IsNullOrEmpty(model) || !model.Contains('/', StringComparison.Ordinal))
                complaint = "Invalid parameter: model is required";
            else if (string.IsNullOrEmpty(prompt))
                complaint = "Invalid parameter: prompt is required";
            else if (prompt.EnumerateRunes().Count() >= 2000)
                complaint = "Invalid parameter: prompt must be shorter than 2000 characters";
            else if (Number(body, "steps") is < 1 or > 100)
                complaint = "Invalid parameter: steps must be in [1, 100]";
            else if (Number(body, "guidance") is < 1.5 or > 20)
                complaint = "Invalid parameter: guidance must be in [1.5, 20]";
            if (complaint is not null)
                return null;

            var (width, height) = Size(Text(body, "size"));
            return new SubmittedBody(
                raw, model!, prompt!, width, height, (int?)Number(body, "seed"), (int)(
                    Number(body, "steps") ?? 30), Number(body, "guidance") ?? 7.5, Text(body, "negative_prompt") ?? "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            complaint = "Invalid JSON";
            return null;
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static (int Width, int Height) Size(string? size)
    {
        var sides = size?.Split('x');
        return sides?.Length == 2
            && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            ? (width, height)
            : (UsualSide, UsualSide);
    }
}
