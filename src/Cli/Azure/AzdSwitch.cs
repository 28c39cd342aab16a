namespace Darkroom.Cli.Azure;

/// <summary>A variable that is on or off, as azd reads it.</summary>
internal static class AzdSwitch
{
    private static readonly string[] On = ["1", "t", "T", "TRUE", "true", "True"];
    private static readonly string[] Off = ["0", "f", "F", "FALSE", "false", "False"];

    /// <summary>Whether it is on; null if azd cannot read it, and takes the default.</summary>
    public static bool? Read(string? text) => On.Contains(text) ? true : Off.Contains(text) ? false : null;
}
