using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.TestKit;

/// <summary>Generates valid JSON with unexpected values: any type under the field names that a reader looks for.</summary>
public static class JsonGen
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Objects whose fields often have one of <paramref name="names"/>, with values of every type.</summary>
    public static Arbitrary<string> Objects(params string[] names) =>
        Arb.From(
            Object(
                Gen.OneOf(Gen.Elements(names), Gen.Elements("a", "", "é", "constructor")),
                depth: 3).Select(node => node.ToJsonString(AsWritten)));

    /// <summary>Random bytes, which often start like JSON.</summary>
    public static Arbitrary<byte[]> Bytes() => Arb.From(
        Gen.OneOf(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
            from prefix in Gen.Elements(
                "{",
                "[",
                "{\"task_status\":",
                "{\"errors\":{",
                "\uFEFF{",
                "{\"a\":\"\\ud800\"}",
                "{\"prompt\":\"\\udc00x\"}",
                "\"",
                "null",
                "1e999")
            from rest in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
            select Encoding.UTF8.GetBytes(prefix).Concat(rest).ToArray()));

    private static Gen<JsonNode> Object(Gen<string> names, int depth) =>
        from count in Gen.Choose(0, 6)
        from keys in names.ListOf(count)
        from values in Value(names, depth - 1).ListOf(count)
        select (JsonNode)new JsonObject(
            keys.Zip(values).DistinctBy(pair => pair.First).Select(pair => KeyValuePair.Create(pair.First, pair.Second?.DeepClone())));

    private static Gen<JsonNode?> Value(Gen<string> names, int depth)
    {
        var scalar = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            Gen.Elements(true, false).Select(value => (JsonNode?)JsonValue.Create(value)),
            Gen.Choose(-3, 3000).Select(value => (JsonNode?)JsonValue.Create(value)),
            Gen.Elements(0.5, -1.0, 1e300, 3.5, 2147483648.0, 1e-300).Select(value => (JsonNode?)JsonValue.Create(value)),
            Gen.Elements(
                "",
                " ",
                "x",
                "1024x768",
                "https://a.aliyuncs.com/b.png",
                "data:image/png;base64,AA==",
                "task not found",
                "FAILED",
                "SUCCEED",
                "金色的猫",
                "😀",
                "12",
                "Owner/Name")
                .Select(value => (JsonNode?)JsonValue.Create(value)));
        if (depth <= 0)
            return scalar;

        return Gen.Frequency(
            (4, scalar),
            (1, Object(names, depth).Select(node => (JsonNode?)node)),
            (1, from count in Gen.Choose(0, 4)
                from items in Value(names, depth - 1).ListOf(count)
                select (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])));
    }
}
