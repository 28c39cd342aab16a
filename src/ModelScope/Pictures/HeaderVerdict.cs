namespace Darkroom.ModelScope.Pictures;

/// <summary>The result of reading a header from a prefix.</summary>
public enum HeaderVerdict
{
    /// <summary>The prefix is a valid beginning of a picture, but it is too short.</summary>
    NeedsMore,

    /// <summary>Format and size are known.</summary>
    Found,

    /// <summary>The prefix is not the beginning of a picture. More bytes do not change that.</summary>
    NotAPicture,
}
