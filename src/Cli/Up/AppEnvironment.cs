namespace Darkroom.Cli.Up;

/// <summary>The environment variables that <c>up</c> adds for the app. Settings that the user has configured keep their values.</summary>
internal static class AppEnvironment
{
    // Any text works: the simulator requires a token and does not check it.
    private const string DummyToken = "simulated";

    private const string StorageProvider = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__";

    /// <summary>The variables to set.</summary>
    /// <param name="configured">The settings of the user.</param>
    /// <param name="upstream">The chosen endpoint.</param>
    /// <param name="simulator">The addresses of the simulator; null if it is not used.</param>
    /// <param name="storage">The connection string of Azurite; null if other storage is configured.</param>
    public static IReadOnlyDictionary<string, string> Of(
        Configured configured, UpstreamChoice upstream, SimulatorAddresses? simulator, string? storage)
    {
        // The build copies local.settings.json, so the app's copy can be out of date. Environment variables override it.
        var set = configured.Local.Where(value => configured[value.Key] == value.Value).ToDictionary(
            value => value.Key, value => value.Value, StringComparer.Ordinal);
        // There is only one worker. Looks can be frequent, and no other worker can be in the middle of a submit that must be waited for.
        SetUnlessConfigured("Darkroom__PollFloorSeconds", "0.25");
        SetUnlessConfigured("Darkroom__SubmitGraceSeconds", "0");
        // One worker needs one control queue. Polling Azurite costs nothing, so an idle queue is polled four times a second. A finished
        // task is then noticed a third of a second sooner than with one poll a second (`./darkroom bench polling`).
        SetUnlessConfigured($"{StorageProvider}partitionCount", "1");
        SetUnlessConfigured($"{StorageProvider}maxQueuePollingInterval", "00:00:00.250");
        if (storage is not null)
            Set("AzureWebJobsStorage", storage);

        if (simulator is not null)
        {
            // Set every name and spelling, so that the app cannot read a real token.
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

/// <summary>The addresses of the simulator.</summary>
internal sealed record SimulatorAddresses(Uri Api, Uri Pictures);
