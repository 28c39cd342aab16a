using Darkroom.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Replay;

/// <summary>Whose history is replayed, and what the code may use of the host.</summary>
internal sealed record ReplaySubject(string InstanceId, ExecutionStarted Begin, DataConverter Converter, ILoggerFactory Loggers, string DefaultVersion);
