namespace Darkroom.ModelScope.Pictures;

/// <summary>What is known of a picture once its last byte was read.</summary>
/// <param name="Header">Real format and size.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
public sealed record PictureFacts(PictureHeader Header, long Bytes, string Sha256);
