using System.Globalization;
using Darkroom.ModelScope.Pictures;

namespace Darkroom.Jobs.Poll;

/// <summary>The task that made a picture, and how many pictures it made.</summary>
public sealed record PictureOrigin(string TaskId, int Of);

/// <summary>The metadata of a picture's blob. It identifies the picture without the state of its job.</summary>
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
