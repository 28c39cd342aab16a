using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Darkroom.Cli;

/// <summary>
/// The language of all texts: <c>--lang</c>, <c>DARKROOM_LANG</c>, then the language of the user. The texts are in the <c>*Words.resx</c>.
/// </summary>
internal static partial class Language
{
    public const string OptionName = "--lang";

    // The lower ten bits of a Windows language id are the primary language.
    private const int PrimaryLanguage = 0x3ff;
    private const int ChineseLanguage = 0x04;

    /// <summary>The names that <c>--lang</c> accepts.</summary>
    public static IReadOnlyList<string> Names { get; } = ["en", "zh"];

    public static CultureInfo English { get; } = CultureInfo.InvariantCulture;

    public static CultureInfo Chinese { get; } = CultureInfo.GetCultureInfo("zh-Hans");

    // The invariant mode spells the culture zh-HANS, and the folder of its texts is zh-Hans on a file system that tells them apart.
    static Language() => AssemblyLoadContext.Default.Resolving += FindChinese;

    /// <summary>The name of the current language, as <c>--lang</c> accepts it.</summary>
    public static string Current => CultureInfo.CurrentUICulture.Equals(Chinese) ? "zh" : "en";

    /// <summary>
    /// Chooses the language. It is needed before the command line is parsed, because the descriptions of options have a language too.
    /// </summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static CultureInfo Of(IReadOnlyList<string> arguments, Func<string, string?> variable)
    {
        var chosen = Given(arguments) ?? Set(variable, "DARKROOM_LANG")
            ?? Set(variable, "LC_ALL") ?? Set(variable, "LC_MESSAGES") ?? Set(variable, "LANG") ?? OfWindows();
        return chosen.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;
    }

    private static string? Given(IReadOnlyList<string> arguments)
    {
        foreach (var (at, argument) in arguments.Index())
        {
            if (argument == "--")
                break;
            if (argument == OptionName && at + 1 < arguments.Count)
                return arguments[at + 1];
            if (argument.StartsWith($"{OptionName}=", StringComparison.Ordinal))
                return argument[(OptionName.Length + 1)..];
        }

        return null;
    }

    private static string? Set(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } value ? value : null;

    private static Assembly? FindChinese(AssemblyLoadContext context, AssemblyName wanted)
    {
        if (!Chinese.Name.Equals(wanted.CultureName, StringComparison.OrdinalIgnoreCase))
            return null;
        var file = Path.Combine(AppContext.BaseDirectory, "zh-Hans", $"{wanted.Name}.dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }

    // Windows has no LANG, and the invariant mode of .NET does not ask the system.
    private static string OfWindows() =>
        OperatingSystem.IsWindows() && (UserLanguage() & PrimaryLanguage) == ChineseLanguage ? "zh" : "en";

    [LibraryImport("kernel32", EntryPoint = "GetUserDefaultUILanguage")]
    private static partial ushort UserLanguage();
}
