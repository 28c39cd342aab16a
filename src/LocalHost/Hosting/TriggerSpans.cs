using System.Diagnostics;
using Microsoft.Azure.WebJobs.Host.Abstractions;
using Microsoft.Azure.WebJobs.Host.Executors;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// Begins a trace for each run of a function that no request or orchestration has begun, such as one with a queue or timer trigger. The
/// name of the source and the kind of the span are those of the Functions host.
/// </summary>
internal sealed class TriggerSpans : IActivitySourceAbstraction, IDisposable
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Microsoft.Azure.WebJobs";

    private readonly ActivitySource _source = new(SourceName);

    /// <inheritdoc/>
    public IDisposable? StartActivity(IFunctionInstanceEx functionInstance)
    {
        ArgumentNullException.ThrowIfNull(functionInstance);
        return Activity.Current is null ? _source.StartActivity(functionInstance.FunctionDescriptor.LogName, ActivityKind.Server) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
