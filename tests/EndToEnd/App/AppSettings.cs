using Darkroom.Simulator;

namespace Darkroom.EndToEnd;

/// <summary>The settings that all apps of the tests have, unless a test changes them.</summary>
internal static class AppSettings
{
    /// <summary>The settings of an app with this storage and this upstream.</summary>
    public static Dictionary<string, string> Of(string connection, SimulatedModelScope upstream) => new()
    {
        ["AzureWebJobsStorage"] = connection,
        ["MODELSCOPE_API_TOKEN"] = Leaks.Token,
        ["MODELSCOPE_INFER_BASE"] = upstream.ApiUrl.AbsoluteUri,
        ["Darkroom__PictureHosts"] = upstream.PictureHost,
        ["Darkroom__AllowHttpPictures"] = "true",
        ["Darkroom__PollFloorSeconds"] = "0.05",
        ["Darkroom__SubmitGraceSeconds"] = "0",
        ["Darkroom__Slots"] = $"{TestApp.UsualSlots}",
        ["Darkroom__CreditsCheckSeconds"] = "1",
        ["Darkroom__SubmitTimeoutSeconds"] = "6",
        ["Darkroom__ReadTimeoutSeconds"] = "6",
        // The same values as `./darkroom up` sets. Shorter pauses would keep the machine busy with empty queues: many apps run at a time.
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount"] = "1",
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval"] = "00:00:00.250",
        ["AzureFunctionsJobHost__extensions__queues__maxPollingInterval"] = "00:00:01",
        // If a worker is killed, its message becomes visible again after 5 s instead of the minute in host.json.
        ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:05",
    };
}
