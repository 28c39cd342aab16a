namespace Darkroom.LocalHost.Engine;

/// <summary>The one sentence about a function that is not there: what was asked for, and what there is.</summary>
internal static class UnknownFunction
{
    public static string Message(string kind, string name, IReadOnlyCollection<string> known) =>
        $"The function '{name}' doesn't exist, is disabled, or is not an {kind} function. Additional info: "
        + (known.Count == 0
            ? $"No {kind} functions are currently registered!"
            : $"The following are the known {kind} functions: {string.Join(", ", known.Order(StringComparer.Ordinal).Select(one => $"'{one}'"))}.");
}
