using System.Globalization;
using Darkroom.ModelScope.Pictures;

namespace Darkroom.Jobs.Poll;

/// <summary>Which task made a picture, and how many it made.</summary>
public sealed record PictureOrigin(string TaskId, int Of);

/// <summary>What is written on a picture's blob, so that it can be known again without its job.</summary>
internal static class PictureMetadata
{
    public static Dictionary<string, string> Write(PictureFacts facts, int index, PictureOrigin origin) => new()
    {
        ["sha256"] = facts.Sha256,
        ["width"] = Text(facts.Header.Width),
        ["height"] = Text(facts.Header.Height),
        ["index"] = Text(index),
        ["task"] = origin.TaskId,
        ["of"] = Text(origin.Of),
    };

    public static (SavedPicture Picture, PictureOrigin Origin) Read(
        string blob, string contentType, long bytes, IDictionary<string, string> metadata) =>
        (new SavedPicture
        {
            Index = Number(metadata["index"]),
            Blob = blob,
            ContentType = contentType,
            Width = Number(metadata["width"]),
            Height = Number(metadata["height"]),
            Bytes = bytes,
            Sha256 = metadata["sha256"],
        }, new PictureOrigin(metadata["task"], Number(metadata["of"])));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
