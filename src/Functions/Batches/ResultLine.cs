using System.Text.Json;
using Darkroom.Requests;

namespace Darkroom.Batches;

/// <summary>A line of the results or of the errors, as read back: its item and the outcome.</summary>
internal readonly record struct ResultLine(string JobId, int Line, int Index, ItemOutcome Outcome)
{
    /// <summary>The key of the item within its batch.</summary>
    public string Key => BatchItem.KeyOf(Line, Index);

    public static ResultLine Read(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var type = root.TryGetProperty("error", out var error) ? error.GetProperty("type").GetString() : null;
        return new ResultLine(
            root.GetProperty("jobId").GetString()!,
            root.GetProperty("line").GetInt32(),
            root.GetProperty("index").GetInt32(),
            OutcomeOf(type));
    }

    private static ItemOutcome OutcomeOf(string? errorType)
    {
        if (errorType is null)
            return ItemOutcome.Succeeded;
        if (errorType == ErrorTypes.Of("canceled"))
            return ItemOutcome.Canceled;
        return errorType == ErrorTypes.Of("submission-unknown") ? ItemOutcome.Unknown : ItemOutcome.Failed;
    }
}

/// <summary>The outcome of an item.</summary>
internal enum ItemOutcome
{
    Succeeded,
    Failed,
    Unknown,
    Canceled,
}
