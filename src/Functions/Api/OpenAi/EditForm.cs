using Darkroom.ModelScope.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Darkroom.Api.OpenAi;

/// <summary>Reads the form of an edit: its fields, and its pictures as data: URLs. Every part of the form has a limit.</summary>
internal static class EditForm
{
    public const int MaxPictures = 16;

    /// <summary>The largest size of one picture.</summary>
    public const int MaxPictureBytes = 10 << 20;

    /// <summary>The largest size of all pictures together: base64 makes it a body of 27 MiB upstream.</summary>
    public const int MaxTotalBytes = 20 << 20;

    private const int MaxFields = 50;
    private const int MaxFieldBytes = 64 << 10;
    private const string ContentType = "multipart/form-data";

    // RFC 2046 allows 70 characters. The reader needs a buffer that is longer than the boundary.
    private const int LongestBoundary = 128;

    /// <summary>Reads the form. It stops at the first part that is not acceptable.</summary>
    public static async Task<EditFormReading> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                || !type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            return new EditFormReading.Refused(Problem.UnsupportedMediaType(ContentType));
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return Invalid("body", "The Content-Type has no boundary.");
        if (boundary.Length > LongestBoundary)
            return Invalid("body", $"The boundary of the Content-Type has more than {LongestBoundary} characters.");
        try
        {
            return await ReadAsync(new MultipartReader(boundary, request.Body), cancellation);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or IOException && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Invalid("body", "Is not a valid multipart form: it ends too early, or a part has no valid headers.");
        }
    }

    private static async Task<EditFormReading> ReadAsync(MultipartReader reader, CancellationToken cancellation)
    {
        var fields = new OpenAiFields();
        var pictures = new List<string>();
        var left = MaxTotalBytes;
        for (var part = 0; await reader.ReadNextSectionAsync(cancellation) is { } section; part++)
        {
            var name = section.GetContentDispositionHeader()?.Name.Value is { } quoted ? HeaderUtilities.RemoveQuotes(quoted).Value : null;
            if (part == MaxFields)
                return Invalid("body", $"Has more than {MaxFields} parts.");
            if (name is not { Length: > 0 })
                return Invalid("body", $"Part {part + 1} has no name.");
            if (name is "mask" or "markup")
                return Invalid(name, "Is not supported, because ModelScope has none. Leave it out, and say in the prompt what to change.");
            if (name is "image" or "image[]")
            {
                if (pictures.Count == MaxPictures)
                    return Invalid("image", $"At most {MaxPictures} pictures are allowed.");
                var bytes = await FormPart.BytesOfAsync(section.Body, Math.Min(MaxPictureBytes, left), cancellation);
                if (bytes is null)
                    return TooLarge;
                if (FormPart.DataUrlOf(bytes) is not { } url)
                    return Invalid("image", $"Picture {pictures.Count + 1} is not a PNG, JPEG or WebP file.");
                left -= bytes.Length;
                pictures.Add(url);
            }
            else if (await FormPart.TextOfAsync(section.Body, MaxFieldBytes, cancellation) is { } text)
            {
                fields.Add(name, text);
            }
            else
            {
                return Invalid(name, $"Must be UTF-8 text of at most {MaxFieldBytes >> 10} KiB.");
            }
        }

        return pictures.Count > 0
            ? new EditFormReading.Read(fields, pictures)
            : Invalid("image", "Is required: one to 16 pictures in PNG, JPEG or WebP.");
    }

    private static EditFormReading.Refused TooLarge { get; } = new(
        Problem.TooLarge($"{MaxPictureBytes >> 20} MiB for a picture, and {MaxTotalBytes >> 20} MiB for all pictures"));

    private static EditFormReading.Refused Invalid(string field, string message) =>
        new(Problem.Invalid([new FieldProblem(field, message)]));
}

/// <summary>The result of reading a form.</summary>
internal abstract record EditFormReading
{
    private EditFormReading()
    {
    }

    public sealed record Read(OpenAiFields Fields, IReadOnlyList<string> Pictures) : EditFormReading;

    public sealed record Refused(IResult Problem) : EditFormReading;
}
