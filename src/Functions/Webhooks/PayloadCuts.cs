using System.Text.Json.Nodes;

namespace Darkroom.Webhooks;

/// <summary>
/// What is left out of the data of a message that is too long, one cut after the other. After the last cut every message fits.
/// </summary>
internal static class PayloadCuts
{
    private const string Images = "images";

    private static readonly Action<JsonObject>[] Cuts =
    [
        WithoutWarnings,
        data => KeepOnly(data["request"] as JsonObject, "prompt", "negative_prompt", "model", "size", "seed", "name"),
        data => KeepFirst(data, "upstream", 4),
        data => KeepFirst(data, Images, 32),
        data => KeepFirst(data, Images, 8),
        data => data.Remove("request"),
        data => KeepOnly(data, "id", "status", "attempt", "createdAt", "updatedAt", "counts", "links"),
    ];

    public static int Count => Cuts.Length;

    public static void Apply(int number, JsonObject data) => Cuts[number](data);

    private static void WithoutWarnings(JsonObject data)
    {
        data.Remove("warnings");
        foreach (var image in (data[Images] as JsonArray ?? []).OfType<JsonObject>())
            image.Remove("warnings");
    }

    private static void KeepOnly(JsonObject? json, params ReadOnlySpan<string> names)
    {
        if (json is null)
            return;
        foreach (var name in json.Select(field => field.Key).ToArray())
        {
            if (!names.Contains(name))
                json.Remove(name);
        }
    }

    private static void KeepFirst(JsonObject data, string name, int count)
    {
        var items = data[name] as JsonArray ?? [];
        while (items.Count > count)
            items.RemoveAt(items.Count - 1);
    }
}
