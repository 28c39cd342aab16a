namespace Darkroom.ModelScope.Requests;

/// <summary>The names of a request's fields: ModelScope's own names, and the aliases that other image APIs use.</summary>
public static class RequestFields
{
    internal const string Model = "model";
    internal const string Prompt = "prompt";
    internal const string NegativePrompt = "negative_prompt";
    internal const string Size = "size";
    internal const string Width = "width";
    internal const string Height = "height";
    internal const string Seed = "seed";
    internal const string Steps = "steps";
    internal const string StepsAlias = "num_inference_steps";
    internal const string Guidance = "guidance";
    internal const string GuidanceAlias = "guidance_scale";
    internal const string ImageUrl = "image_url";
    internal const string Loras = "loras";
    internal const string Extra = "extra";

    /// <summary>
    /// The names that <c>extra</c> must not contain, because they are fields of the request itself. <c>n</c> is one of them: ModelScope
    /// ignores it, so it is never sent.
    /// </summary>
    public static IReadOnlySet<string> Reserved { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        Model, Prompt, NegativePrompt, Size, Width, Height, Seed, Steps, StepsAlias, Guidance, GuidanceAlias, ImageUrl, Loras, Extra, "n",
    };
}
