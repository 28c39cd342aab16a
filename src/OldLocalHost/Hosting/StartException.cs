namespace Darkroom.LocalHost.Hosting;

/// <summary>The app cannot start, for reasons that whoever starts it can do something about.</summary>
internal sealed class StartException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What is printed when nobody catches it: where in the host it came up helps nobody.</summary>
    public override string ToString() => Message;
}
