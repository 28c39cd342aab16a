namespace Darkroom.ModelScope.Wire;

/// <summary>Task ids come from outside and go into a path: only plain ones may.</summary>
internal static class TaskIds
{
    public static bool IsUsable(string? id) =>
        id is { Length: > 0 and <= 200 } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')
            && id.Trim('.').Length > 0;
}
