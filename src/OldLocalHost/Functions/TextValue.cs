using System.Reflection;

namespace Darkroom.LocalHost.Functions;

/// <summary>Reads single values that arrive as text: from a route, or from what is known of a message.</summary>
internal static class TextValue
{
    /// <summary>
    /// Null when the type is not one of a single value. What the parser gets may still not fit: then it throws, as parsers do.
    /// </summary>
    public static Func<string, object?>? Parser(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(object))
            return text => text;
        if (type.IsEnum)
            return text => ParseEnum(type, text);
        if (!type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IParsable<>)))
            return null;
        return typeof(TextValue).GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate<Func<string, object?>>();
    }

    private static object? Parse<T>(string text)
        where T : IParsable<T> => T.Parse(text, null);

    private static object ParseEnum(Type type, string text) =>
        Enum.TryParse(type, text, ignoreCase: true, out var value) && Enum.IsDefined(type, value)
            ? value
            : throw new FormatException($"'{text}' is none of {string.Join(", ", Enum.GetNames(type))}.");
}
