using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// Reads a request of the OpenAI API. A field has its effect, or it has its default value, or the request is refused and the field is
/// named. It is a pure function.
/// </summary>
internal static class OpenAiReader
{
    /// <summary>The largest number of pictures of one request, as OpenAI documents it.</summary>
    public const int MaxPictures = 10;

    // A tag of a job has at most 100 characters, and five are the prefix.
    private const int LongestUser = 95;

    /// <summary>Options of OpenAI that Darkroom accepts only with their default.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["quality"] = "auto",
        ["background"] = "auto",
        ["moderation"] = "auto",
        ["style"] = "vivid",
        ["output_compression"] = "100",
        ["partial_images"] = "0",
        ["input_fidelity"] = "low",
    };

    /// <summary>Reads the fields of a request.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="pictures">The pictures to edit, as data: URLs; null for a request that generates pictures.</param>
    /// <param name="defaultModel">The model of requests that name none, or one of OpenAI.</param>
    public static OpenAiReading Read(OpenAiFields fields, IReadOnlyList<string>? pictures, string defaultModel)
    {
        var name = fields.Text("model");
        var isBase64 = fields.OneOf("response_format", ("url", false), ("b64_json", true)) ?? false;
        var image = new ImageRequest
        {
            Prompt = fields.Text("prompt") ?? "",
            Model = ModelNames.Resolve(name, defaultModel),
            Size = SizeOf(fields),
            ImageUrls = pictures ?? [],
        };
        var form = new ResponseForm(
            isBase64 || ModelNames.IsAlwaysBase64(name),
            fields.OneOf("output_format", ("png", PictureFormat.Png), ("jpeg", PictureFormat.Jpeg), ("webp", PictureFormat.WebP)),
            fields.Flag("stream"),
            IsEdit: pictures is not null);
        var count = fields.WholeNumber("n", 1, MaxPictures) ?? 1;
        var tags = TagsOf(fields);
        foreach (var (option, accepted) in Defaults)
            fields.OnlyDefault(option, accepted);
        foreach (var unknown in fields.Left)
            fields.AddProblem(unknown, "Is not supported here. Leave it out, or use POST /api/images for the options of ModelScope.");

        var verdict = ImageRequestRules.Check(image);
        IReadOnlyList<FieldProblem> problems = [.. fields.Problems, .. verdict.Problems.Where(problem => !IsKnown(fields, problem))];
        return problems.Count > 0
            ? new OpenAiReading.Invalid(problems)
            : new OpenAiReading.Valid(new OpenAiRequest(
                new JobRequest
                {
                    Image = image,
                    Count = count,
                    Tags = tags,
                    // A client of OpenAI expects insufficient_quota at once, not an answer after hours.
                    FailsWithoutCredits = true,
                    Warnings = [.. verdict.Warnings.Select(warning => $"{warning.Field}: {warning.Message}")],
                },
                form));
    }

    // A field of the wrong type is not also reported as missing.
    private static bool IsKnown(OpenAiFields fields, FieldProblem problem) =>
        fields.Problems.Exists(known => known.Field == problem.Field || known.Field == "body");

    private static ImageSize? SizeOf(OpenAiFields fields)
    {
        if (fields.Text("size") is not { } text || text == "auto")
            return null;
        if (ImageSize.TryParse(text, out var size))
            return size;
        fields.AddProblem("size", "Must be \"auto\", or width and height in pixels, such as 1024x768.");
        return null;
    }

    private static IReadOnlyList<string> TagsOf(OpenAiFields fields)
    {
        if (fields.Text("user") is not { Length: > 0 } user)
            return [];
        if (user.Length <= LongestUser)
            return [$"user:{user}"];
        fields.AddProblem("user", $"Must have at most {LongestUser} characters, because it becomes a tag of the job.");
        return [];
    }
}
