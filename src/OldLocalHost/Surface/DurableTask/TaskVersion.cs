namespace Microsoft.DurableTask;

/// <summary>
/// The version of an orchestrator or an activity. Null, empty and the default value all mean "no version"; case does not count.
/// </summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    /// <summary>Asks for the unversioned implementation, where null would inherit a version.</summary>
    public static readonly TaskVersion Unversioned;

    private readonly string? _version;

    /// <exception cref="ArgumentException">The version consists of white space.</exception>
    public TaskVersion(string? version)
    {
        if (!string.IsNullOrEmpty(version) && string.IsNullOrWhiteSpace(version))
            throw new ArgumentException("A version cannot be blank; for none use TaskVersion.Unversioned.", nameof(version));

        _version = version;
    }

    /// <summary>The version, never null.</summary>
    public string Version => _version ?? "";

    public static implicit operator string(TaskVersion value) => value.Version;

    public static implicit operator TaskVersion(string? value) => new(value);

    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);
}
