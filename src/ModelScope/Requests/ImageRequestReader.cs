using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>Reads a request from JSON. It accepts aliases, width and height instead of size, and one picture URL or an array.</summary>
public static class ImageRequestReader
{
    private static readonly JsonDocumentOptions EachFieldOnce = new() { AllowDuplicateProperties = false };

    /// <summary>Reads <paramref name="body"/> and checks every rule. It does not throw for invalid input.</summary>
    public static ImageRequestReading Read(JsonElement body, string defaultModel = ImageRequest.DefaultModel)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return new(Request: null, [new("body", "Must be a JSON object.")], [], new Dictionary<string, JsonElement>());

        var fields = new JsonFields(body);
        var request = new ImageRequest
        {
            Model = fields.Text(RequestFields.Model) ?? defaultModel,
            Prompt = fields.Text(RequestFields.Prompt) ?? "",
            NegativePrompt = fields.Text(RequestFields.NegativePrompt),
            Size = ReadSize(fields),
            Seed = fields.WholeNumber(RequestFields.Seed),
            Steps = fields.WholeNumber(RequestFields.Steps, RequestFields.StepsAlias),
            Guidance = fields.Number(RequestFields.Guidance, RequestFields.GuidanceAlias),
            ImageUrls = ReadImageUrls(fields),
            Loras = ReadLoras(fields),
            Extra = ReadExtra(fields),
        };

        var verdict = ImageRequestRules.Check(request);
        var complained = fields.Problems.Select(problem => problem.Field).ToHashSet();
        foreach (var problem in verdict.Problems)
        {
            // One problem per field is enough: a field of the wrong type is not also reported as missing.
            var spelled = fields.SpellingOf(problem.Field);
            if (!complained.Contains(spelled))
                fields.AddProblem(spelled, problem.Message);
        }

        return new(fields.Problems.Count == 0 ? request : null, [.. fields.Problems], verdict.Warnings, fields.Left);
    }

    private static ImageSize? ReadSize(JsonFields fields)
    {
        ImageSize? size = null;
        if (fields.Text(RequestFields.Size) is { } text)
        {
            if (ImageSize.TryParse(text, out var parsed))
                size = parsed;
            else
                fields.AddProblem(RequestFields.Size, "Must be width and height in pixels, such as 1024x768.");
        }

        var width = ReadSide(fields, RequestFields.Width);
        var height = ReadSide(fields, RequestFields.Height);
        if (width is null && height is null)
            return size;
        if (width is null || height is null)
        {
            var (given, missing) = width is null
                ? (RequestFields.Height, RequestFields.Width)
                : (RequestFields.Width, RequestFields.Height);
            if (fields.Problems.All(problem => problem.Field != missing))
                fields.AddProblem(missing, $"Is required together with {given}. Or give size, such as 1024x768.");
            return size;
        }

        var sides = new ImageSize(width.Value, height.Value);
        if (size is { } both && both != sides)
            fields.AddProblem(RequestFields.Size, $"Is {both}, but width and height are {sides}. Give only one of them.");
        return sides;
    }

    private static int? ReadSide(JsonFields fields, string name)
    {
        if (fields.WholeNumber(name) is not { } side)
            return null;
        if (side is >= 1 and <= 99999)
            return side;

        fields.AddProblem(name, "Must be a number of pixels from 1 to 99999.");
        return null;
    }

    private static IReadOnlyList<string> ReadImageUrls(JsonFields fields)
    {
        if (!fields.TryTake(RequestFields.ImageUrl, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            return fields.TryText(RequestFields.ImageUrl, value, out var url) ? [url] : [];

        var urls = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (!fields.TryText(RequestFields.ImageUrl, item, out var url))
                return [];
            urls.Add(url);
        }

        return urls;
    }

    private static LoraChoice? ReadLoras(JsonFields fields)
    {
        if (!fields.TryTake(RequestFields.Loras, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            if (value.ValueKind == JsonValueKind.String)
                return fields.TryText(RequestFields.Loras, value, out var one) ? LoraChoice.One(one) : null;
            fields.AddProblem(RequestFields.Loras, "Must be a repository's name, or an object of names with weights.");
            return null;
        }

        var weights = new JsonFields(value);
        var read = weights.Left.Keys.ToDictionary(name => name, name => weights.Left[name]);
        if (weights.Problems.Count > 0
                || read.Values.Any(weight => weight.ValueKind != JsonValueKind.Number || !double.IsFinite(weight.GetDouble())))
        {
            fields.AddProblem(RequestFields.Loras, "Must give every repository once, with a number as its weight.");
            return null;
        }

        return LoraChoice.Several(read.Select(lora => KeyValuePair.Create(lora.Key, lora.Value.GetDouble())));
    }

    private static IReadOnlyDictionary<string, JsonElement> ReadExtra(JsonFields fields)
    {
        if (!fields.TryTake(RequestFields.Extra, out var value))
            return new Dictionary<string, JsonElement>();
        if (value.ValueKind != JsonValueKind.Object)
        {
            fields.AddProblem(RequestFields.Extra, "Must be an object of further upstream parameters.");
            return new Dictionary<string, JsonElement>();
        }

        var extra = new JsonFields(value);
        foreach (var problem in extra.Problems)
            fields.AddProblem($"{RequestFields.Extra}.{problem.Field}", problem.Message);
        foreach (var (name, _) in extra.Left.Where(field => !CanBeWritten(field.Value)))
            fields.AddProblem($"{RequestFields.Extra}.{name}", "Must be valid Unicode text, and have each field once.");

        // Clones stay valid after the JsonDocument is disposed.
        return extra.Left.ToDictionary(field => field.Key, field => field.Value.Clone());
    }

    // A field that occurs twice has no meaning that all programs agree about, and JsonNode cannot hold it.
    private static bool CanBeWritten(JsonElement value)
    {
        try
        {
            // The serializer finds half of a character, the conversion to UTF-16 finds bytes that are not UTF-8.
            JsonSerializer.SerializeToUtf8Bytes(value);
            using var again = JsonDocument.Parse(value.GetRawText(), EachFieldOnce);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            return false;
        }
    }
}
