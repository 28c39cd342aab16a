using System.Text.Json;
using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Management;

/// <summary>The history of an instance as the API shows it: a task stands there once, by how it ended, or as scheduled while it is open.</summary>
internal sealed class HistoryBody(InstanceSnapshot snapshot, bool showInput, bool showOutput)
{
    private readonly Dictionary<int, (DateTime At, string Name, string? Input)> _scheduled = [];
    private readonly HashSet<int> _ended = [.. snapshot.History.Select(EndedBy).OfType<int>()];
    private DateTime _at = snapshot.CreatedAt;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var happened in snapshot.History)
            Write(json, happened);
        json.WriteEndArray();
    }

    private static int? EndedBy(HistoryEvent happened) => happened switch
    {
        TaskCompleted e => e.Id,
        TaskFailed e => e.Id,
        SubOrchestrationCompleted e => e.Id,
        SubOrchestrationFailed e => e.Id,
        _ => null,
    };

    private void Write(Utf8JsonWriter json, HistoryEvent happened)
    {
        switch (happened)
        {
            case OrchestratorStarted e:
                _at = e.At;
                break;
            case ExecutionStarted e:
                Write(json, "ExecutionStarted", () =>
                {
                    json.WriteString("FunctionName", e.Name);
                    WriteInput(json, e.Input);
                    json.WriteNull("Correlation");
                    json.WriteNull("ScheduledStartTime");
                });
                break;
            case TaskScheduled e:
                // An activity's input travels as the list of its arguments.
                WriteScheduled(json, "TaskScheduled", e.Id, e.Name, $"[{e.Input ?? "null"}]");
                break;
            case SubOrchestrationCreated e:
                WriteScheduled(json, "SubOrchestrationInstanceCreated", e.Id, e.Name, e.Input, e.InstanceId);
                break;
            case TaskCompleted e:
                WriteCompleted(json, "TaskCompleted", e.Id, e.Result);
                break;
            case SubOrchestrationCompleted e:
                WriteCompleted(json, "SubOrchestrationInstanceCompleted", e.Id, e.Result);
                break;
            case TaskFailed e:
                WriteFailed(json, "TaskFailed", e.Id, e.Failure);
                break;
            case SubOrchestrationFailed e:
                WriteFailed(json, "SubOrchestrationInstanceFailed", e.Id, e.Failure);
                break;
            case TimerCreated e:
                Write(json, "TimerCreated", () => json.WriteString("FireAt", Ticks(e.FireAt)));
                break;
            case TimerFired e:
                Write(json, "TimerFired", () => json.WriteString("FireAt", Ticks(e.FireAt)));
                break;
            case EventRaised e:
                Write(json, "EventRaised", () => WriteNamed(json, e.Name, e.Input));
                break;
            case EventSent e:
                Write(json, "EventSent", () =>
                {
                    json.WriteString("InstanceId", e.InstanceId);
                    WriteNamed(json, e.Name, e.Input);
                });
                break;
            case ExecutionSuspended e:
                Write(json, "ExecutionSuspended", () => json.WriteString("Reason", e.Reason));
                break;
            case ExecutionResumed e:
                Write(json, "ExecutionResumed", () => json.WriteString("Reason", e.Reason));
                break;
            case ExecutionTerminated e:
                Write(json, "ExecutionTerminated", () => WriteInput(json, e.Output));
                break;
            case ContinuedAsNew e:
                Write(json, "ContinueAsNew", () => WriteResult(json, e.Input));
                break;
            case ExecutionCompleted e:
                Write(json, "ExecutionCompleted", () =>
                {
                    json.WriteString("OrchestrationStatus", e.Ending.ToString());
                    WriteResult(json, e.Result);
                    if (e.Failure is not null)
                        WriteFailure(json, e.Failure);
                });
                break;
        }
    }

    private void Write(Utf8JsonWriter json, string type, Action members)
    {
        json.WriteStartObject();
        json.WriteString("EventType", type);
        json.WriteString("Timestamp", Ticks(_at));
        members();
        json.WriteEndObject();
    }

    private void WriteScheduled(Utf8JsonWriter json, string type, int id, string name, string? input, string? instanceId = null)
    {
        _scheduled[id] = (_at, name, input);
        if (_ended.Contains(id))
            return;

        Write(json, type, () =>
        {
            if (instanceId is not null)
                json.WriteString("InstanceId", instanceId);
            WriteNamed(json, name, input);
        });
    }

    private void WriteCompleted(Utf8JsonWriter json, string type, int id, string? result) => Write(json, type, () =>
    {
        WriteResult(json, result);
        WriteOrigin(json, id);
    });

    private void WriteFailed(Utf8JsonWriter json, string type, int id, TaskFailureDetails? failure) => Write(json, type, () =>
    {
        json.WriteString("Reason", $"Function '{_scheduled.GetValueOrDefault(id).Name}' failed with an unhandled exception.");
        json.WriteNull("Details");
        WriteFailure(json, failure);
        WriteOrigin(json, id);
    });

    private void WriteOrigin(Utf8JsonWriter json, int id)
    {
        if (!_scheduled.TryGetValue(id, out var task))
            return;
        json.WriteString("ScheduledTime", Ticks(task.At));
        json.WriteString("FunctionName", task.Name);
        WriteInput(json, task.Input);
    }

    private void WriteNamed(Utf8JsonWriter json, string name, string? input)
    {
        json.WriteString("Name", name);
        WriteInput(json, input);
    }

    private void WriteInput(Utf8JsonWriter json, string? input)
    {
        if (showInput)
            json.WriteString("Input", input);
    }

    private void WriteResult(Utf8JsonWriter json, string? result)
    {
        if (showOutput)
            json.WriteStored("Result", result);
    }

    private static void WriteFailure(Utf8JsonWriter json, TaskFailureDetails? failure)
    {
        json.WritePropertyName("FailureDetails");
        WriteDetails(json, failure);
    }

    private static void WriteDetails(Utf8JsonWriter json, TaskFailureDetails? failure)
    {
        if (failure is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("ErrorType", failure.ErrorType);
        json.WriteString("ErrorMessage", failure.ErrorMessage);
        json.WriteString("StackTrace", failure.StackTrace);
        json.WritePropertyName("InnerFailure");
        WriteDetails(json, failure.InnerFailure);
        json.WriteBoolean("IsNonRetriable", false);
        json.WriteEndObject();
    }

    private static string Ticks(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture);
}
