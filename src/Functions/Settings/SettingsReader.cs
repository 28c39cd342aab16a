using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Settings;

/// <summary>
/// Reads the properties that are marked as settings, and checks them by their validation attributes. The binder of
/// Microsoft.Extensions.Options is not used, because it cannot map flat names such as MODELSCOPE_API_TOKEN and ignores values that it
/// cannot convert.
/// </summary>
public static class SettingsReader
{
    /// <summary>Reads all settings of a type; those that are not set keep their defaults.</summary>
    /// <exception cref="InvalidOperationException">Settings are invalid. The message names each of them and its valid values.</exception>
    public static T Read<T>(IConfiguration configuration)
        where T : new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = new T();
        var wrong = new List<string>();
        foreach (var property in typeof(T).GetProperties())
        {
            if (property.GetCustomAttribute<SettingAttribute>() is not { } setting)
                continue;
            var (name, text) = Find(configuration, setting);
            if (text is null || TypeOf(property) is not { } type)
                continue;
            if (Convert(text, type) is { } value && property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value)))
                property.SetValue(settings, value);
            else
                wrong.Add(
                    type == typeof(IReadOnlyList<WebhookSecret>)
                        ? $"{name} must be {Wanted(property)}"
                        : $"{name} is \"{text}\", but must be {Wanted(property)}");
        }

        return wrong.Count == 0 ? settings : throw new InvalidOperationException($"Some settings are wrong: {string.Join("; ", wrong)}.");
    }

    /// <summary>What the value of a setting may be, in words.</summary>
    public static string Wanted(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        if (property.GetCustomAttribute<EachMatchesAttribute>() is { } each)
            return each.Wanted;
        var type = TypeOf(property);
        var kind = type == typeof(bool) ? "true or false"
            : type == typeof(double) ? "a number"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(IReadOnlyList<string>) ? "a list, separated by commas"
            : type == typeof(IReadOnlyList<IPNetwork>) ? "networks such as 10.0.0.0/8 or fd00::/8, separated by commas"
            : type == typeof(IReadOnlyList<WebhookSecret>) ? $"secrets, separated by spaces or commas, each {WebhookSecret.Wanted}"
            : "text";
        return property.GetCustomAttribute<RangeAttribute>() switch
        {
            null => kind,
            { Maximum: double and >= (double)long.MaxValue } => $"{kind} above 0",
            var range => string.Create(CultureInfo.InvariantCulture, $"{kind} from {range.Minimum} to {range.Maximum}"),
        };
    }

    private static (string Name, string? Text) Find(IConfiguration configuration, SettingAttribute setting)
    {
        if (TextOf(configuration, setting.Name) is { } text)
            return (setting.Name, text);
        return setting.Alias is { } alias ? (alias, TextOf(configuration, alias)) : (setting.Name, null);
    }

    private static string? TextOf(IConfiguration configuration, string name) =>
        configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } text ? text.Trim() : null;

    // Null for the type of the token, which is read by ModelScopeSettings.
    private static Type? TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(ModelScope.ApiToken) ? null : type;
    }

    private static object? Convert(string text, Type type)
    {
        if (type == typeof(string))
            return text;
        if (type == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag : null;
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large) ? large : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number : null;
        if (type == typeof(IReadOnlyList<WebhookSecret>))
            return WebhookSecret.ReadList(text);
        var items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (items.Length == 0)
            return null;
        return type == typeof(IReadOnlyList<IPNetwork>) ? Networks(items) : items;
    }

    private static IPNetwork[]? Networks(string[] items)
    {
        var networks = new IPNetwork[items.Length];
        for (var at = 0; at < items.Length; at++)
        {
            if (!IPNetwork.TryParse(items[at], out networks[at]))
                return null;
        }

        return networks;
    }
}
