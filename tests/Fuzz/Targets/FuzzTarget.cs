namespace Darkroom.Fuzz.Targets;

/// <summary>
/// A parser of the product, and what it may do with any input: return a result, or refuse with an exception of the product's own that is
/// made for this. A target catches these; any other exception is a finding.
/// </summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>The dictionaries with words of the format, which mutations insert.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>The number of cases of the short form.</summary>
    public virtual int ShortCases => 12_000;

    /// <summary>The longest input.</summary>
    public virtual int Longest => 1 << 20;

    /// <summary>How many bytes a case may allocate, whatever the input is.</summary>
    public virtual long AllocationBase => 1 << 20;

    /// <summary>How many further bytes a case may allocate for each byte of the input.</summary>
    public virtual long AllocationPerByte => 100;

    /// <summary>Runs one case.</summary>
    public abstract Task RunAsync(byte[] input);
}
