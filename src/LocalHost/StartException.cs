namespace Darkroom.LocalHost;

/// <summary>
/// The host cannot start or go on. The message is one sentence for the person at the terminal: what is wrong, and what to do.
/// </summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
