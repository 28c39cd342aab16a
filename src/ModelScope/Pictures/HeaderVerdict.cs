namespace Darkroom.ModelScope.Pictures;

/// <summary>How far a prefix of bytes went.</summary>
public enum HeaderVerdict
{
    /// <summary>So far it may become a picture.</summary>
    NeedsMore,

    /// <summary>Format and size are known.</summary>
    Found,

    /// <summary>No more bytes will make a picture of it.</summary>
    NotAPicture,
}
