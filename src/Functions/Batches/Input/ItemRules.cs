using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Batches.Input;

/// <summary>Validates items by the rules of a request and the additional rules of batches.</summary>
internal sealed class ItemRules(string defaultModel, Defaults defaults, WebhookRules? webhooks = null)
{
    private const string CustomId = "customId";
    private const int LongestCustomId = 200;

    private static readonly HashSet<string> OfBatches = new(StringComparer.Ordinal) { CustomId };

    // The key is a 128-bit hash of the customId, so that 50,000 ids of any length need little memory.
    private readonly Dictionary<UInt128, int> _customIds = [];

    /// <summary>The request of an item, which may ask for several pictures, or the problems of the item.</summary>
    public (JobRequest? Request, string? CustomId, IReadOnlyList<FieldProblem> Problems) Read(RawItem raw)
    {
        if (raw.Problem is { } problem)
            return (null, null, [problem]);

        using var completed = defaults.Complete(raw.Json!.RootElement);
        var item = (completed ?? raw.Json).RootElement;
        var reading = RequestRules.Read(item, defaultModel, OfBatches, webhooks);
        var (customId, complaint) = ReadCustomId(item, raw.Line);
        if (complaint is not null)
            return (null, null, [.. reading.Problems, complaint]);
        if (reading.Request is not { } request)
            return (null, null, reading.Problems);
        // Items of a batch go to the bulk lane, so that they do not delay interactive requests. An explicit priority overrides this.
        return (item.TryGetProperty("priority", out _) ? request : request with { Priority = Lane.Bulk }, customId, []);
    }

    /// <summary>Splits a request into one item per picture.</summary>
    public static IEnumerable<BatchItem> Pictures(int line, string? customId, JobRequest request)
    {
        for (var index = 0; index < request.Count; index++)
            yield return new BatchItem(
                line, index, customId, request.Count == 1 ? request : request with { Count = 1, Image = request.ImageOf(index) });
    }

    private (string? CustomId, FieldProblem? Problem) ReadCustomId(JsonElement item, int line)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(CustomId, out var value))
            return (null, null);
        if (!value.TryGetText(out var id) || id.Length is 0 or > LongestCustomId)
            return (null, new FieldProblem(CustomId, $"Must be text of 1 to {LongestCustomId} characters."));
        var hash = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan())));
        return _customIds.TryAdd(hash, line)
            ? (id, null)
            : (null, new FieldProblem(CustomId, $"\"{id}\" is already the customId of line {_customIds[hash]}. Use each customId once."));
    }
}
