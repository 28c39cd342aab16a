using System.Text.Json;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>The fields of a request that Darkroom defines, not ModelScope. Problems name a field as the caller wrote it.</summary>
internal sealed class EnvelopeFields(IReadOnlyDictionary<string, JsonElement> given)
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "count", "n", "name", "tags", "priority", "deadlineSeconds", "expiresInSeconds", "onCreditsExhausted", "reuse", "id",
        JobWebhook.FieldName,
    };

    private readonly Dictionary<string, JsonElement> _left = given.ToDictionary(
        field => field.Key, field => field.Value, StringComparer.Ordinal);

    public List<FieldProblem> Problems { get; } = [];

    /// <summary>The fields that were not read.</summary>
    public IReadOnlyCollection<string> Unclaimed => _left.Keys;

    public static bool IsKnown(string name) => Known.Contains(name);

    public void AddProblem(string field, string message) => Problems.Add(new(field, message));

    public int? WholeNumber(string name, string? alias, int least, int most)
    {
        var byName = Take(name) is { } value ? Number(name, value, least, most) : null;
        if (alias is null || Take(alias) is not { } other)
            return byName;

        var byAlias = Number(alias, other, least, most);
        if (byName is not null && byAlias is not null && byAlias != byName)
            AddProblem(alias, $"Is an alias of \"{name}\" but has another value. Give only one of them.");
        return byName ?? byAlias;
    }

    public string? Text(string name, int longest)
    {
        if (Take(name) is not { } value)
            return null;
        if (value.TryGetText(out var text) && text.Length <= longest && !string.IsNullOrWhiteSpace(text))
            return text;

        AddProblem(name, $"Must be text of 1 to {longest} characters.");
        return null;
    }

    public IReadOnlyList<string> Texts(string name, int most, int longest)
    {
        if (Take(name) is not { } value)
            return [];

        var texts = new List<string>();
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (item.TryGetText(out var text) && text.Length <= longest && !string.IsNullOrWhiteSpace(text))
                    texts.Add(text);
            }

            if (texts.Count == value.GetArrayLength())
                return [.. texts.Distinct(StringComparer.Ordinal)];
        }

        AddProblem(name, $"Must be an array of at most {most} texts of 1 to {longest} characters.");
        return [];
    }

    public JobWebhook? Webhook(WebhookRules rules)
    {
        if (Take(JobWebhook.FieldName) is not { } value)
            return null;

        var (webhook, problems) = rules.Read(value);
        Problems.AddRange(problems);
        return webhook;
    }

    public T OneOf<T>(string name, T otherwise, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (Take(name) is not { } value)
            return otherwise;

        var known = new List<string>();
        foreach (var (word, meaning) in words)
        {
            if (value.TryGetText(out var text) && text == word)
                return meaning;
            known.Add($"\"{word}\"");
        }

        AddProblem(name, $"Must be {string.Join(" or ", known)}.");
        return otherwise;
    }

    private int? Number(string name, JsonElement value, int least, int most)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Truncate(number)
                && number >= least && number <= most)
            return (int)number;

        AddProblem(name, $"Must be a whole number from {least} to {most}.");
        return null;
    }

    private JsonElement? Take(string name) => _left.Remove(name, out var value) ? value : null;
}
