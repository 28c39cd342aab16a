using System.Globalization;
using System.Text.Json;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// The fields of a request, from a JSON object or a form. In a form every value is text, so numbers and flags may be text too. Reading a
/// field removes it from <see cref="Left"/>.
/// </summary>
internal sealed class OpenAiFields
{
    private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);

    public List<FieldProblem> Problems { get; } = [];

    /// <summary>The names of the fields that were not read.</summary>
    public IReadOnlyCollection<string> Left => _left.Keys;

    /// <summary>Adds a field of a form.</summary>
    public void Add(string name, string text) => Add(name, JsonSerializer.SerializeToElement(text));

    public void Add(string name, JsonElement value)
    {
        if (!_left.TryAdd(name, value))
            AddProblem(name, "Is given more than once.");
    }

    public void AddProblem(string name, string message) => Problems.Add(new FieldProblem(name, message));

    public string? Text(string name)
    {
        if (!_left.Remove(name, out var value))
            return null;
        if (value.TryGetText(out var text))
            return text;
        AddProblem(name, "Must be text of valid Unicode characters.");
        return null;
    }

    public int? WholeNumber(string name, int least, int most)
    {
        if (!_left.Remove(name, out var value))
            return null;
        if (NumberOf(value) is { } number && number == Math.Truncate(number) && number >= least && number <= most)
            return (int)number;
        AddProblem(name, $"Must be a whole number from {least} to {most}.");
        return null;
    }

    public bool Flag(string name)
    {
        if (!_left.Remove(name, out var value))
            return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        if (value.TryGetText(out var text) && bool.TryParse(text, out var flag))
            return flag;
        AddProblem(name, "Must be true or false.");
        return false;
    }

    public T? OneOf<T>(string name, params ReadOnlySpan<(string Word, T Value)> words) where T : struct
    {
        if (!_left.Remove(name, out var value))
            return null;
        var known = new List<string>();
        foreach (var (word, meaning) in words)
        {
            if (value.TryGetText(out var text) && text == word)
                return meaning;
            known.Add($"\"{word}\"");
        }

        AddProblem(name, $"Must be {string.Join(" or ", known)}.");
        return null;
    }

    /// <summary>Accepts an option that Darkroom does not have, if its value is the default.</summary>
    public void OnlyDefault(string name, string accepted)
    {
        if (_left.Remove(name, out var value) && !IsDefault(value, accepted))
            AddProblem(name, $"Only the default, {accepted}, is supported, because ModelScope has no such option. Leave the field out.");
    }

    private static bool IsDefault(JsonElement value, string accepted) =>
        (value.TryGetText(out var text) && text == accepted)
            || (double.TryParse(accepted, CultureInfo.InvariantCulture, out var wanted) && NumberOf(value) == wanted);

    private static double? NumberOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetDouble(out var number) ? number : null;
        return value.TryGetText(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;
    }
}
