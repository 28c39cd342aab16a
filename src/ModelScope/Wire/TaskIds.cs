namespace Darkroom.ModelScope.Wire;

/// <summary>Checks task ids. They come from outside and become part of a URL path, so only plain characters are allowed.</summary>
internal static class TaskIds
{
    public static bool IsUsable(string? id) =>
        id is { Length: > 0 and <= 200 } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')
            && id.Trim('.').Length > 0;
}
