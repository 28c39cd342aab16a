namespace Darkroom.Settings;

/// <summary>The name a setting has in the environment, and what it means in one sentence; the settings page is made from these.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string name, string meaning) : Attribute
{
    /// <summary>As in the environment or among the app settings.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence.</summary>
    public string Meaning { get; } = meaning;
}
