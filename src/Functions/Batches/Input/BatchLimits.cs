namespace Darkroom.Batches.Input;

/// <summary>How large a batch may be.</summary>
public static class BatchLimits
{
    /// <summary>The most pictures.</summary>
    public const int MostItems = 50_000;

    /// <summary>The same in words.</summary>
    public const string MostItemsText = "50,000 items";

    /// <summary>The most bytes of a body.</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>The same in words.</summary>
    public const string MostBytesText = "64 MiB";

    /// <summary>The most bytes of an item as it is written down, and read again.</summary>
    public const int LongestItem = 1 << 20;

    /// <summary>The same in words.</summary>
    public const string LongestItemText = "1 MiB";

    /// <summary>The most bytes of all items as they are written down: defaults and matrices make much of little.</summary>
    public const long MostWrittenBytes = 512L << 20;

    /// <summary>The same in words.</summary>
    public const string MostWrittenText = "512 MiB of items, defaults included,";
}
