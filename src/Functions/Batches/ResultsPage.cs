namespace Darkroom.Batches;

/// <summary>
/// The results and errors of a batch, opened for some items: the lines that these items already have, and where to append the missing
/// lines. Lines after the known length were written by a run whose result was lost or, if the batch was restarted, before the restart.
/// </summary>
internal sealed class ResultsPage
{
    private readonly IReadOnlyList<string> _keys;
    private readonly Part _results;
    private readonly Part _errors;
    private readonly Dictionary<string, ResultLine> _there;

    private ResultsPage(IReadOnlyList<string> keys, Part results, Part errors)
    {
        (_keys, _results, _errors) = (keys, results, errors);
        var asked = keys.ToHashSet(StringComparer.Ordinal);
        _there = results.Lines.Concat(errors.Lines)
            .Where(line => asked.Contains(line.Key))
            .DistinctBy(line => line.Key)
            .ToDictionary(line => line.Key);
    }

    public static async Task<ResultsPage> OpenAsync(
        BatchStore batches, string batchId, long resultsAt, long errorsAt, IReadOnlyList<string> keys, CancellationToken cancellation) =>
        new(
            keys,
            await Part.OpenAsync(batches.Results(batchId), resultsAt, cancellation),
            await Part.OpenAsync(batches.Errors(batchId), errorsAt, cancellation));

    /// <summary>Whether an item has no line yet.</summary>
    public bool Misses(string key) => !_there.ContainsKey(key);

    /// <summary>Writes the missing lines. Returns the outcomes of all requested items, including those that already had a line.</summary>
    public async Task<WrittenItems> WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellation)
    {
        var read = lines.Select(line => (Text: line, Read: ResultLine.Read(line))).ToArray();
        var all = _there.Values.Concat(read.Select(line => line.Read)).ToArray();
        return new WrittenItems(
            _keys.Count,
            await _results.AppendAsync(
                [.. read.Where(line => line.Read.Outcome == ItemOutcome.Succeeded).Select(line => line.Text)], _there, cancellation),
            await _errors.AppendAsync(
                [.. read.Where(line => line.Read.Outcome != ItemOutcome.Succeeded).Select(line => line.Text)], _there, cancellation))
        {
            Succeeded = all.Count(line => line.Outcome == ItemOutcome.Succeeded),
            Failed = all.Count(line => line.Outcome is ItemOutcome.Failed or ItemOutcome.Unknown),
            Unknown = all.Count(line => line.Outcome == ItemOutcome.Unknown),
            Canceled = all.Count(line => line.Outcome == ItemOutcome.Canceled),
        };
    }

    private sealed record Part(ResultsFile File, long At, long Length, IReadOnlyList<ResultLine> Lines)
    {
        public static async Task<Part> OpenAsync(ResultsFile file, long at, CancellationToken cancellation)
        {
            var (length, lines) = await file.OpenAsync(at, cancellation);
            return new Part(file, at, length, lines);
        }

        // The known length advances only if all lines after it belong to requested items. The other lines are requested later, and must be
        // found then.
        public async Task<long> AppendAsync(
            IReadOnlyCollection<ReadOnlyMemory<byte>> lines, IReadOnlyDictionary<string, ResultLine> asked, CancellationToken cancellation)
        {
            var end = await File.AppendAsync(Length, lines, cancellation);
            return Lines.All(line => asked.ContainsKey(line.Key)) ? end : At;
        }
    }
}
