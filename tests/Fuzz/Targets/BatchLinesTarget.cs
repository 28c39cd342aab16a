using System.Text;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.Fuzz.Cases;
using Darkroom.Settings;

namespace Darkroom.Fuzz.Targets;

/// <summary>The bodies of batches: NDJSON, CSV, text and JSON in every encoding. The first line of an input is the content type.</summary>
internal sealed class BatchLinesTarget : FuzzTarget
{
    // With twice the pieces the result must be the same. Long inputs are read once.
    private const int LongestReadTwice = 4096;

    private readonly BatchIntake _intake = new(batches: null!, new DarkroomSettings());

    public override string Name => TargetNames.BatchLines;

    public override IReadOnlyList<string> Words => ["json", "requests", "batches"];

    // Each is read twice.
    public override int ShortCases => 6_000;

    // The buffers of the encodings, the lines and the JSON.
    public override long AllocationBase => 4 << 20;

    // A line of a few bytes becomes an item with all its fields and problems.
    public override long AllocationPerByte => 2000;

    public override async Task RunAsync(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        if (end < 0 || BatchFormats.Of(Encoding.Latin1.GetString(input, 0, end)) is not var (format, charset))
            return;
        var source = new BatchSource(format, charset, Skips: false);
        var whole = await ReadAsync(input, end + 1, pieces: int.MaxValue, source);
        if (input.Length <= LongestReadTwice)
            Rule.Holds(await ReadAsync(input, end + 1, pieces: 7, source) == whole, "Pieces of a body are read as the whole.");
    }

    // The result as text, or the refusal.
    private async Task<string> ReadAsync(byte[] input, int from, int pieces, BatchSource source)
    {
        try
        {
            var reading = await _intake.ReadAsync(
                () => BodyText.OpenAsync(new Chunks(input, from, pieces), source.Charset, CancellationToken.None),
                items: null,
                source,
                CancellationToken.None);
            return $"{reading.Total} {reading.Invalid} {string.Join('\n', reading.Problems)}";
        }
        catch (UnreadableBodyException refusal)
        {
            return $"refused: {refusal.IsTooLarge} {refusal.Field}";
        }
    }
}
