namespace Microsoft.DurableTask;

/// <summary>Some of the results of a query, and the token that asks for the next ones.</summary>
public sealed class Page<T>
    where T : notnull
{
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        ContinuationToken = continuationToken;
    }

    public IReadOnlyList<T> Values { get; }

    /// <summary>Null after the last page.</summary>
    public string? ContinuationToken { get; }
}
