namespace Darkroom.LocalHost;

/// <summary>
/// The host cannot start or continue. The message is for the user at the terminal: what is wrong, and what to do.
/// </summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
