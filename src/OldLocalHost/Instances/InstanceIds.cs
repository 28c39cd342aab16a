namespace Darkroom.LocalHost.Instances;

/// <summary>Which ids an instance may have.</summary>
internal static class InstanceIds
{
    private const int Longest = 100;

    /// <exception cref="ArgumentException">The id cannot be one; the message says why.</exception>
    public static void Check(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id, nameof(id));
        if (id.Length > Longest)
            throw new ArgumentException($"The instance id has {id.Length} characters; at most {Longest} are allowed.", nameof(id));
        if (id[0] == '@')
            throw new ArgumentException($"The instance id '{id}' begins with @, which is kept for entities.", nameof(id));
        if (id.AsSpan().IndexOfAny("/\\#?") >= 0 || id.Any(char.IsControl))
            throw new ArgumentException($"The instance id '{id}' has a character that is not allowed: none of / \\ # ? and no control character.", nameof(id));
    }
}
