using System.Text.Json;
using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tasks;

/// <summary>Reads the <c>input</c> object of a finished task.</summary>
internal static class TaskInputReader
{
    /// <summary>
    /// Reads the value of the current property. The reader must be at the property name; it ends at the end of the value.
    /// </summary>
    public static TaskInput? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? seed = null, width = null, height = null, steps = null;
        double? guidance = null;
        string? sampler = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.NameIs("seed"u8))
                seed = Whole(ref reader);
            else if (reader.NameIs("width"u8))
                width = Whole(ref reader);
            else if (reader.NameIs("height"u8))
                height = Whole(ref reader);
            else if (reader.NameIs("numInferenceSteps"u8))
                steps = Whole(ref reader);
            else if (reader.NameIs("guidanceScale"u8))
                guidance = reader.Read() ? JsonText.Number(ref reader) : null;
            else if (reader.NameIs("sampler"u8))
                sampler = reader.Read() ? JsonText.Scalar(ref reader) : null;
            else
                reader.Skip();
        }

        return new TaskInput
        {
            Seed = seed,
            Width = Pixels(width),
            Height = Pixels(height),
            Steps = Pixels(steps),
            Guidance = guidance,
            Sampler = sampler,
        };
    }

    private static long? Whole(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonText.WholeNumber(ref reader);
    }

    private static int? Pixels(long? value) => value is >= 0 and <= int.MaxValue ? (int)value.Value : null;
}
