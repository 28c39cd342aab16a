using System.Text.Json;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Api.OpenAi;

/// <summary>Reads the fields of a JSON body.</summary>
internal static class OpenAiJson
{
    public static OpenAiFields Fields(JsonElement body)
    {
        var fields = new OpenAiFields();
        if (body.ValueKind != JsonValueKind.Object)
        {
            fields.AddProblem("body", "Must be a JSON object.");
            return fields;
        }

        foreach (var property in body.EnumerateObject())
        {
            // The official schema allows null for a missing field.
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (!property.TryGetName(out var name))
            {
                // The first one is enough: each costs an exception, and a body can have a hundred thousand of them.
                fields.AddProblem("body", "A field's name is not valid Unicode text.");
                break;
            }

            fields.Add(name, property.Value);
        }

        return fields;
    }
}
