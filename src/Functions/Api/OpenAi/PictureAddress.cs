using Darkroom.Jobs.Poll;
using Darkroom.ModelScope.Pictures;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>The addresses of pictures in responses.</summary>
internal static class PictureAddress
{
    /// <summary>The address of the saved file, or of its converted form.</summary>
    public static string Of(HttpRequest request, string jobId, SavedPicture picture, PictureFormat? wanted)
    {
        var path = wanted is { } format && StoredPictures.IsOther(picture, wanted)
            ? $"/v1/images/{jobId}/files/{picture.Index}/{NameOf(format)}"
            : $"/api/images/{jobId}/files/{picture.Index}";
        return $"{request.Scheme}://{request.Host}{path}";
    }

    /// <summary>The name of a format in the OpenAI API.</summary>
    public static string NameOf(PictureFormat format) => format.ContentType()["image/".Length..];
}
