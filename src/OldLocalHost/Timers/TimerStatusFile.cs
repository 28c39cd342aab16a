using System.Text.Json;
using Darkroom.LocalHost.Hosting;

namespace Darkroom.LocalHost.Timers;

/// <summary>Keeps the status of one timer beside the state.</summary>
internal sealed class TimerStatusFile(string stateDirectory, string function)
{
    private readonly string _directory = System.IO.Path.Combine(stateDirectory, "timers");

    public string Path => System.IO.Path.Combine(_directory, $"{function}.json");

    /// <summary>Null when there is none, or none that can be read: the schedule begins anew then.</summary>
    public TimerStatus? Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize<TimerStatus>(File.ReadAllBytes(Path)) : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(TimerStatus status) => StateFile.Write(_directory, Path, JsonSerializer.SerializeToUtf8Bytes(status));
}
