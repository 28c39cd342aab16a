using System.Text;
using Darkroom.Fuzz.Cases;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Tasks;
using Darkroom.ModelScope.Wire;

namespace Darkroom.Fuzz.Targets;

/// <summary>The answers of ModelScope: tasks, submits, the balance, errors, and the Retry-After header.</summary>
internal sealed class UpstreamAnswersTarget : FuzzTarget
{
    private const string Secret = "ms-3f2a9c-secret";

    private static readonly ApiToken Token = ApiToken.Clean(Secret);
    private static readonly PictureRules Pictures = new();
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    public override string Name => TargetNames.UpstreamAnswers;

    public override IReadOnlyList<string> Words => ["json", "upstream"];

    public override Task RunAsync(byte[] input)
    {
        if (TaskAnswer.TryRead(input, out var task))
            Check(task);
        SubmitAnswer.Read(input);
        BalanceAnswer.Read(input);
        Check(ErrorAnswer.Read(input));
        using var response = new HttpResponseMessage();
        if (input.Length < 200 && response.Headers.TryAddWithoutValidation("Retry-After", Encoding.Latin1.GetString(input)))
            Rule.Holds(RetryAfterHeader.Read(response.Headers, Now) is not { TotalDays: < 0 or > 1 }, "A wait is at most a day.");
        return Task.CompletedTask;
    }

    private static void Check(TaskSnapshot task)
    {
        Check(task.Reason);
        foreach (var picture in task.Pictures)
        {
            if (picture.Link is { } link)
                Pictures.Refuses(link);
            else
                HeaderReader.Read(picture.Inline.Span, out _);
            Rule.Holds(picture.ToString().Length > 0, "A source can be described.");
        }
    }

    private static void Check(UpstreamReason? reason)
    {
        if (reason is null)
            return;
        foreach (var status in (int[])[200, 400, 429, 500])
            FailureRules.Classify(Call.Submit, status, reason);
        if (PublicText.Clean(reason.Message, Token) is not { } shown)
            return;
        Rule.Holds(shown.Length <= PublicText.Longest + 1, "A shown text is short.");
        Rule.Holds(!shown.Contains(Secret, StringComparison.Ordinal), "A shown text has no token.");
        Rule.Holds(!shown.Contains("Signature=", StringComparison.OrdinalIgnoreCase), "A shown text has no signature.");
        Rule.Holds(!shown.Any(char.IsControl), "A shown text has no control characters.");
    }
}
