using System.Buffers;
using System.Text;

namespace Darkroom.ModelScope.Requests;

/// <summary>Checks whether a request is valid. It is a pure function.</summary>
public static class ImageRequestRules
{
    /// <summary>The maximum length of a prompt in Unicode characters: ModelScope requires fewer than 2000.</summary>
    public const int LongestPrompt = 1999;

    /// <summary>The maximum number of LoRAs of one request.</summary>
    public const int MaxLoras = 6;

    private const double WeightTolerance = 0.001;

    /// <summary>Checks every rule. It does no I/O and does not change the request.</summary>
    public static RequestVerdict Check(ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var problems = new List<FieldProblem>();
        var warnings = new List<FieldProblem>();

        CheckText(request, problems);
        CheckUnicode(RequestFields.Prompt, request.Prompt, problems);
        CheckUnicode(RequestFields.NegativePrompt, request.NegativePrompt, problems);
        CheckUnicode(RequestFields.Model, request.Model, problems);
        CheckUnicode(RequestFields.Loras, request.Loras?.Repository, problems);
        if (request.Seed is < 0)
            problems.Add(new(RequestFields.Seed, "Must be a whole number from 0 to 2147483647."));
        if (request.Steps is < 1 or > 100)
            problems.Add(new(RequestFields.Steps, "Must be a whole number from 1 to 100."));
        if (request.Guidance is { } guidance && !(guidance is >= 1.5 and <= 20))
            problems.Add(new(RequestFields.Guidance, "Must be a number from 1.5 to 20."));
        if (request.Loras is { } loras)
            CheckLoras(loras, problems);
        foreach (var url in request.ImageUrls)
        {
            if (ImageUrlRules.Problem(url) is { } wrong)
                problems.Add(new(RequestFields.ImageUrl, wrong));
        }

        foreach (var name in request.Extra.Keys.Where(RequestFields.Reserved.Contains))
            problems.Add(new($"{RequestFields.Extra}.{name}", $"\"{name}\" is a field of the request itself: move it out of extra."));

        if (request.Size is { } size && SizeTable.Warning(request.Model, size) is { } warning)
            warnings.Add(new(RequestFields.Size, warning));

        return new RequestVerdict(problems, warnings);
    }

    private static void CheckText(ImageRequest request, List<FieldProblem> problems)
    {
        int length;
        if (string.IsNullOrWhiteSpace(request.Prompt))
            problems.Add(new(RequestFields.Prompt, $"Is required: say what to paint in 1 to {LongestPrompt} characters."));
        else if (TooLong(request.Prompt, out length))
            problems.Add(new(RequestFields.Prompt, $"Has {length} characters; at most {LongestPrompt} are allowed."));

        if (request.NegativePrompt is { } negative && TooLong(negative, out length))
            problems.Add(new(RequestFields.NegativePrompt, $"Has {length} characters; at most {LongestPrompt} are allowed."));

        if (string.IsNullOrWhiteSpace(request.Model))
            problems.Add(new(RequestFields.Model, $"Must name a model such as {ImageRequest.DefaultModel}."));
        else if (request.Model.Length > 200 || request.Model.Any(char.IsControl))
            problems.Add(new(RequestFields.Model, "Must be a model id of at most 200 characters, without control characters."));
    }

    // An unpaired surrogate has no UTF-8 encoding, so it cannot be sent.
    private static void CheckUnicode(string field, string? text, List<FieldProblem> problems)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var read) != OperationStatus.Done)
            {
                problems.Add(new(field, "Is not valid Unicode text."));
                return;
            }

            rest = rest[read..];
        }
    }

    private static void CheckLoras(LoraChoice loras, List<FieldProblem> problems)
    {
        if (loras.Repository is { } single)
        {
            if (string.IsNullOrWhiteSpace(single))
                problems.Add(new(RequestFields.Loras, "Must name a LoRA repository, or be left out."));
            return;
        }

        if (loras.Weights.Count is 0 or > MaxLoras)
        {
            problems.Add(new(RequestFields.Loras, $"Must have 1 to {MaxLoras} repositories with their weights."));
            return;
        }

        if (loras.Weights.Any(lora => string.IsNullOrWhiteSpace(lora.Key)))
            problems.Add(new(RequestFields.Loras, "Every weight needs the name of a LoRA repository."));

        var sum = loras.Weights.Sum(lora => lora.Value);
        // The condition is negated so that NaN fails too. The sum is rounded so that 0.7 + 0.301 does not fail because of binary rounding.
        if (!(Math.Abs(Math.Round(sum - 1.0, 9)) <= WeightTolerance))
            problems.Add(new(RequestFields.Loras, $"Weights must sum to 1.0; these sum to {sum:0.####}."));
    }

    private static bool TooLong(string text, out int length)
    {
        length = 0;
        if (text.Length <= LongestPrompt)
            return false;

        foreach (var _ in text.EnumerateRunes())
            length++;
        return length > LongestPrompt;
    }
}
