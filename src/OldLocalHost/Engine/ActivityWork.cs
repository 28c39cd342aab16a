namespace Darkroom.LocalHost.Engine;

/// <summary>An activity to run.</summary>
internal sealed record ActivityWork(string InstanceId, string ExecutionId, int TaskId, string Name, string? Input);
