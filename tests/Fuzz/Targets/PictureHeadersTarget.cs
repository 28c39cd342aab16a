using Darkroom.Api.OpenAi;
using Darkroom.Fuzz.Cases;
using Darkroom.Jobs.Thumbnails;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;

namespace Darkroom.Fuzz.Targets;

/// <summary>Pictures from ModelScope and from callers: their headers, the stream of a download, the plan of a thumbnail.</summary>
internal sealed class PictureHeadersTarget : FuzzTarget
{
    private const int PrefixesChecked = 64;

    private static readonly PictureRules Rules = new();

    public override string Name => TargetNames.PictureHeaders;

    public override IReadOnlyList<string> Words => ["pictures"];

    // The data: URL of a picture is a string of two bytes for each character of base64.
    public override long AllocationPerByte => 20;

    public override async Task RunAsync(byte[] input)
    {
        var verdict = HeaderReader.Read(input.AsSpan(0, Math.Min(input.Length, HeaderReader.LongestPrefix)), out var header);
        for (var length = 0; length < Math.Min(input.Length, PrefixesChecked); length++)
        {
            var early = HeaderReader.Read(input.AsSpan(0, length), out var found);
            Rule.Holds(early == HeaderVerdict.NeedsMore || (early, found) == (verdict, header), "More bytes do not change a verdict.");
        }

        if (verdict == HeaderVerdict.Found)
        {
            var plan = DecodePlan.For(header, input);
            Rule.Holds(
                plan is not DecodePlan.Decode decode || (decode.Bytes <= DecodePlan.MaxBytes && decode.StripRows > 0),
                "A plan stays within its memory.");
        }

        FormPart.DataUrlOf(input);
        await DownloadAsync(input, verdict);
    }

    private static async Task DownloadAsync(byte[] input, HeaderVerdict verdict)
    {
        try
        {
            var patience = new TransferTimeout(Rules.IdleTimeout, Rules.Timeout, TimeProvider.System);
            await using var picture = await PictureStream.OpenAsync(
                new Chunks(input, 0, 700), owner: null, announcedLength: null, Rules, patience, CancellationToken.None);
            await picture.CopyToAsync(Stream.Null);
            Rule.Holds(picture.Facts.Bytes == input.Length, "All bytes of a picture are read.");
            Rule.Holds(verdict == HeaderVerdict.Found, "Only a picture is downloaded.");
        }
        catch (Exception refusal) when (refusal is PictureRejectedException or PictureUnavailableException)
        {
            // It is no picture, too large, or incomplete.
        }
    }
}
