namespace Darkroom.ModelScope.Requests;

/// <summary>The names a request's fields go by: ModelScope's own spelling, and the aliases that peers use.</summary>
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
    /// Every name that has a meaning of its own here, so that <c>extra </c> may not use it. <c>n </c> is among them: upstream ignores it,
    /// and it is never sent.
    /// </summary>
    public static IReadOnlySet<string> Reserved { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        Model, Prompt, NegativePrompt, Size, Width, Height, Seed, Steps, StepsAlias, Guidance, GuidanceAlias, ImageUrl, Loras, Extra, "n",
    };
}
