using Darkroom.EndToEnd.Telemetry.Otlp;
using Google.Protobuf;

namespace Darkroom.EndToEnd.Telemetry;

/// <summary>A span as it was exported.</summary>
public sealed record ReceivedSpan
{
    public required string TraceId { get; init; }

    public required string Id { get; init; }

    /// <summary>The id of the parent; empty for the first span of a trace.</summary>
    public required string ParentId { get; init; }

    public required string Name { get; init; }

    /// <summary>The kind: Internal, Server, Client, Producer or Consumer.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The attributes of the process that sent it.</summary>
    public required IReadOnlyDictionary<string, string> Resource { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>The traces to which it has links.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <summary>The name of the service that sent it.</summary>
    public string Service => Resource["service.name"];

    /// <summary>Name, kind and service in one line.</summary>
    public override string ToString() => $"{Name} [{Kind}, {Service}]";

    internal static ReceivedSpan Of(IReadOnlyDictionary<string, string> resource, string source, Span span) => new()
    {
        TraceId = Hex(span.TraceId),
        Id = Hex(span.SpanId),
        ParentId = Hex(span.ParentSpanId),
        Name = span.Name,
        Kind = span.Kind.ToString(),
        Source = source,
        Resource = resource,
        Attributes = OtlpReceiver.Attributes(span.Attributes),
        Links = [.. span.Links.Select(link => Hex(link.TraceId))],
    };

    private static string Hex(ByteString bytes) => Convert.ToHexString(bytes.Span);
}
