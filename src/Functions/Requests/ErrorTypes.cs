namespace Darkroom.Requests;

/// <summary>The <c>type</c> of an error: the section of the documentation that explains it.</summary>
public static class ErrorTypes
{
    /// <summary>The type of the error with this name.</summary>
    public static string Of(string name) => $"/docs/errors#{name}";
}
