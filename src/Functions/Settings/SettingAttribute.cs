namespace Darkroom.Settings;

/// <summary>Marks a property as a setting. docs/settings.md is generated from these attributes.</summary>
/// <param name="name">The name in the environment, or among the app settings.</param>
/// <param name="meaning">What it means, in one sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string name, string meaning) : Attribute
{
    /// <summary>The name in the environment, or among the app settings.</summary>
    public string Name { get; } = name;

    /// <summary>What it means, in one sentence.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>A second name, which is read if the first name is not set.</summary>
    public string? Alias { get; init; }
}
