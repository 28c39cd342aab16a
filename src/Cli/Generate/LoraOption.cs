using System.Globalization;
using System.Text.Json.Nodes;

namespace Darkroom.Cli.Generate;

/// <summary>The values of <c>--lora</c>: one id alone, or several with weights.</summary>
internal static class LoraOption
{
    /// <summary>The field <c>loras</c> of the request: an id, or an object of weights; null if there are none.</summary>
    /// <exception cref="CommandException">A weight is missing or is not a number.</exception>
    public static JsonNode? Read(IReadOnlyList<string> given)
    {
        if (given.Count == 0)
            return null;
        if (given is [var only] && !only.Contains('=', StringComparison.Ordinal))
            return JsonValue.Create(only);

        var weights = new JsonObject();
        foreach (var one in given)
        {
            var parts = one.Split('=', 2);
            if (parts.Length < 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight))
                throw CommandException.Usage(GenerateWords.LoraWithoutWeight.With(one));
            weights[parts[0]] = weight;
        }

        return weights;
    }
}
