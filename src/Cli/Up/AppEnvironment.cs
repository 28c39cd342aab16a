namespace Darkroom.Cli.Up;

/// <summary>What the app finds in its environment beside what is there anyway. What somebody has configured stays as it is.</summary>
internal static class AppEnvironment
{
    // Any text will do: the simulator asks for a token and does not look at it.
    private const string DummyToken = "simulated";

    private const string StorageProvider = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__";

    /// <summary>The names to set, and their values.</summary>
    /// <param name="configured">What is configured.</param>
    /// <param name="upstream">Whom to talk to.</param>
    /// <param name="simulator">Where the simulator is; null when there is none.</param>
    /// <param name="storage">The connection string of our own storage; null when another is configured.</param>
    public static IReadOnlyDictionary<string, string> Of(
        Configured configured, UpstreamChoice upstream, SimulatorAddresses? simulator, string? storage)
    {
        // The app's own copy of local.settings.json is as old as its build. The environment is stronger.
        var set = configured.Local.Where(value => configured[value.Key] == value.Value).ToDictionary(
            value => value.Key, value => value.Value, StringComparer.Ordinal);
        // One machine and one worker: looks may be frequent, and a submit that is silent has no other worker to wait for.
        SetUnlessConfigured("Darkroom__PollFloorSeconds", "0.25");
        SetUnlessConfigured("Darkroom__SubmitGraceSeconds", "0");
        // One worker needs one queue of orchestrations. Asked four times a second when nothing happens, because asking Azurite costs
        // nothing here: a
        // finished task is seen a third of a second sooner than by asking once a second (`./darkroom bench polling`).
        SetUnlessConfigured($"{StorageProvider}partitionCount", "1");
        SetUnlessConfigured($"{StorageProvider}maxQueuePollingInterval", "00:00:00.250");
        if (storage is not null)
            Set("AzureWebJobsStorage", storage);

        if (simulator is not null)
        {
            // Under every name and spelling: a real token must not even be near.
            foreach (var name in TokenPlaces.Names)
                Set(name, DummyToken);
            Set("MODELSCOPE_INFER_BASE", simulator.Api.AbsoluteUri);
            Set(
                "Darkroom__PictureHosts",
                configured["Darkroom__PictureHosts"] is { } hosts
                    ? $"{hosts},{simulator.Pictures.Authority}"
                    : simulator.Pictures.Authority);
            Set("Darkroom__AllowHttpPictures", "true");
        }
        else
        {
            if (upstream.Token is { } token && configured[TokenPlaces.Names[0]] != token.Text)
                Set(TokenPlaces.Names[0], token.Text);
            Set("MODELSCOPE_INFER_BASE", upstream.BaseUrl!);
        }

        return set;

        void SetUnlessConfigured(string name, string value)
        {
            if (configured[name] is null)
                Set(name, value);
        }

        void Set(string name, string value)
        {
            foreach (var spelling in configured.SpellingsOf(name).Append(name))
                set[spelling] = value;
        }
    }
}

/// <summary>Where a simulated ModelScope is.</summary>
internal sealed record SimulatorAddresses(Uri Api, Uri Pictures);
