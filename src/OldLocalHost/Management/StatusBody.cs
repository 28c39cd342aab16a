using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Management;

/// <summary>The status of an instance as the API shows it. The order of the members is the extension's.</summary>
internal static class StatusBody
{
    public static void Write(Utf8JsonWriter json, OrchestrationMetadata instance, bool showInput, HistoryBody? history = null)
    {
        json.WriteStartObject();
        json.WriteString("name", instance.Name);
        json.WriteString("instanceId", instance.InstanceId);
        json.WriteString("runtimeStatus", instance.RuntimeStatus.ToString());
        json.WriteStored("input", showInput ? instance.SerializedInput : null);
        json.WriteStored("customStatus", instance.SerializedCustomStatus);
        json.WriteStored("output", OutputOf(instance));
        json.WriteString("createdTime", Seconds(instance.CreatedAt));
        json.WriteString("lastUpdatedTime", Seconds(instance.LastUpdatedAt));
        if (history is not null)
        {
            json.WritePropertyName("historyEvents");
            history.Write(json);
        }

        json.WriteEndObject();
    }

    /// <summary>What an instance that failed has to show is its failure.</summary>
    public static string? OutputOf(OrchestrationMetadata instance) =>
        instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed ? instance.FailureDetails?.ToString() ?? instance.SerializedOutput : instance.SerializedOutput;

    private static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z";
}
