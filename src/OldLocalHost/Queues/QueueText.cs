using System.Text;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;

namespace Darkroom.LocalHost.Queues;

/// <summary>What a message says, once its text is taken out of its encoding.</summary>
internal static class QueueText
{
    /// <summary>Null when the text is not in that encoding.</summary>
    public static string? Decode(string text, QueueMessageEncoding encoding)
    {
        if (encoding == QueueMessageEncoding.None)
            return text;

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    /// <summary>How a parameter of this type takes it: text as it is, anything else as JSON.</summary>
    public static Func<Invocation, object?> Reader(Type type) => type switch
    {
        _ when type == typeof(string) => invocation => invocation.Trigger,
        _ when type == typeof(byte[]) => invocation => Encoding.UTF8.GetBytes((string)invocation.Trigger!),
        _ => invocation => invocation.Converter.Deserialize((string)invocation.Trigger!, type),
    };
}
