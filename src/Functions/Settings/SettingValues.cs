using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Settings;

/// <summary>Reads settings by the names they have in the environment, and gathers what is wrong with them.</summary>
internal sealed class SettingValues(IConfiguration configuration)
{
    private readonly List<string> _wrong = [];

    public string? Text(string name) =>
        configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } text ? text.Trim() : null;

    public int? WholeNumber(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
                && number <= most)
            return number;
        return Wrong<int>(name, text, $"a whole number from {least} to {most}");
    }

    public long? LargeNumber(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 ? number : Wrong<long>(name, text, "a whole number above 0");
    }

    public double? Number(string name, double least, double most)
    {
        if (Text(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        return Wrong<double>(name, text, $"a number from {least} to {most}");
    }

    public bool? Flag(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return bool.TryParse(text, out var flag) ? flag : Wrong<bool>(name, text, "true or false");
    }

    public IReadOnlyList<string>? List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } list
            ? list
            : null;

    public IReadOnlyList<string>? List(string name, Func<string, bool> isValid, string wanted)
    {
        if (List(name) is not { } list || list.All(isValid))
            return List(name);
        _wrong.Add($"{name} is \"{Text(name)}\", and must be {wanted}");
        return null;
    }

    /// <exception cref="InvalidOperationException">Something cannot be.</exception>
    public void ThrowIfWrong()
    {
        if (_wrong.Count > 0)
            throw new InvalidOperationException($"Some settings cannot be: {string.Join("; ", _wrong)}.");
    }

    private T? Wrong<T>(string name, string text, string wanted) where T : struct
    {
        _wrong.Add($"{name} is \"{text}\", and must be {wanted}");
        return null;
    }
}
