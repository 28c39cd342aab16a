namespace Darkroom.Batches.Input;

/// <summary>The size limits of a batch.</summary>
public static class BatchLimits
{
    /// <summary>The maximum number of pictures.</summary>
    public const int MaxItems = 50_000;

    /// <summary><see cref="MaxItems"/> as text.</summary>
    public const string MaxItemsText = "50,000 items";

    /// <summary>The maximum size of a body, in bytes.</summary>
    public const long MaxBytes = 64L << 20;

    /// <summary><see cref="MaxBytes"/> as text.</summary>
    public const string MaxBytesText = "64 MiB";

    /// <summary>The maximum size of a stored item, in bytes.</summary>
    public const int LongestItem = 1 << 20;

    /// <summary><see cref="LongestItem"/> as text.</summary>
    public const string LongestItemText = "1 MiB";

    /// <summary>
    /// The maximum size of all stored items together, in bytes. It is larger than <see cref="MaxBytes"/>, because defaults and matrices
    /// expand a small body to many large items.
    /// </summary>
    public const long MaxWrittenBytes = 512L << 20;

    /// <summary><see cref="MaxWrittenBytes"/> as text.</summary>
    public const string MaxWrittenText = "512 MiB for all items with their defaults";
}
