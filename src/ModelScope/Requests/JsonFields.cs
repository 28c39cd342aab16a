using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>
/// The fields of one JSON object. Reading a field removes it from <see cref="Left"/>. Problems name the field as the caller wrote it.
/// </summary>
public sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _left = [];
    private readonly Dictionary<string, string> _spelledAs = [];

    /// <summary>Reads the fields of <paramref name="body"/>, which must be an object.</summary>
    public JsonFields(JsonElement body)
    {
        foreach (var property in body.EnumerateObject())
        {
            // A field with the value null counts as missing.
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (!property.TryGetName(out var name))
            {
                // The first one is enough: each costs an exception, and a body can have a hundred thousand of them.
                Problems.Add(new("body", "A field's name is not valid Unicode text."));
                break;
            }

            if (!_left.TryAdd(name, property.Value))
                Problems.Add(new(name, "Is given more than once."));
        }
    }

    /// <summary>What is wrong with which field.</summary>
    public IList<FieldProblem> Problems { get; } = [];

    /// <summary>The fields that were not read.</summary>
    public IReadOnlyDictionary<string, JsonElement> Left => _left;

    /// <summary>Returns the name that the caller used for <paramref name="field"/>, which can be an alias.</summary>
    public string SpellingOf(string field) => _spelledAs.GetValueOrDefault(field, field);

    /// <summary>Reads a text; null if it is missing or wrong.</summary>
    public string? Text(string name) => TryTake(name, out var value) && TryText(name, value, out var text) ? text : null;

    /// <summary>Reads a whole number; null if it is missing or wrong.</summary>
    public int? WholeNumber(string name) => TryTake(name, out var value) ? AsWholeNumber(name, value) : null;

    /// <summary>Reads a whole number that has an alias; null if it is missing or wrong.</summary>
    public int? WholeNumber(string name, string alias) => OneOf(name, alias, AsWholeNumber);

    /// <summary>Reads a number that has an alias; null if it is missing or wrong.</summary>
    public double? Number(string name, string alias) => OneOf(name, alias, AsNumber);

    /// <summary>Takes the value of a field, which may be of any kind.</summary>
    public bool TryTake(string name, out JsonElement value) => _left.Remove(name, out value);

    /// <summary>Adds a problem.</summary>
    public void AddProblem(string name, string message) => Problems.Add(new(name, message));

    /// <summary>Reads a value as text, or adds a problem.</summary>
    public bool TryText(string name, JsonElement value, out string text)
    {
        if (value.TryGetText(out text))
            return true;
        AddProblem(name, value.ValueKind == JsonValueKind.String ? "Is not valid Unicode text." : "Must be text.");
        return false;
    }

    private int? AsWholeNumber(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Truncate(number)
                && Math.Abs(number) <= int.MaxValue)
            return (int)number;

        AddProblem(name, $"Must be a whole number up to {int.MaxValue}.");
        return null;
    }

    private double? AsNumber(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;

        AddProblem(name, "Must be a number.");
        return null;
    }

    private T? OneOf<T>(string name, string alias, Func<string, JsonElement, T?> read) where T : struct
    {
        var byName = TryTake(name, out var value) ? read(name, value) : null;
        if (!TryTake(alias, out value))
            return byName;

        var byAlias = read(alias, value);
        if (byName is null)
        {
            _spelledAs[name] = alias;
            return byAlias;
        }

        if (byAlias is { } other && !other.Equals(byName.Value))
            AddProblem(alias, $"Is an alias of \"{name}\" but has another value. Give only one of them.");
        return byName;
    }
}
