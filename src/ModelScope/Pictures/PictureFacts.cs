namespace Darkroom.ModelScope.Pictures;

/// <summary>The facts of a picture that was read to its end.</summary>
/// <param name="Header">The real format and size.</param>
/// <param name="Bytes">The length in bytes.</param>
/// <param name="Sha256">The SHA-256 hash in lower-case hexadecimal.</param>
public sealed record PictureFacts(PictureHeader Header, long Bytes, string Sha256);
