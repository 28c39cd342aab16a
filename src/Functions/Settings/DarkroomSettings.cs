using System.ComponentModel.DataAnnotations;
using System.Net;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Requests;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Settings;

/// <summary>The settings of the app, read and checked at the start.</summary>
public sealed record DarkroomSettings
{
    /// <summary>
    /// The container for blobs with batches, unless another one is set. It holds what senders put there, so the app may read it for them.
    /// </summary>
    public const string Inbox = "darkroom-inbox";

    private const string ContainerName = "^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$";
    private const string Origin = "^https?://[^/?#@\\s]+/?$";

    [Setting(
        "MODELSCOPE_API_TOKEN",
        "The ModelScope access token; also found as MODELSCOPE_API_KEY and MODELSCOPE_SDK_TOKEN, in this order.")]
    public ApiToken Token { get; init; }

    [Setting("MODELSCOPE_INFER_BASE", "The API's base address, with or without a slash or /v1 at its end.")]
    public string BaseUrl { get; init; } = "https://api-inference.modelscope.cn/";

    [Setting("MODELSCOPE_IMAGE_POLL_INTERVAL", "Seconds between looks at a task; replaces the learned plan by a fixed interval.")]
    [Range(0.05, 3_600)]
    public double? PollIntervalSeconds { get; init; }

    [Setting("Darkroom__DefaultModel", "The model of requests that name none.")]
    public string DefaultModel { get; init; } = ImageRequest.DefaultModel;

    [Setting("Darkroom__Slots", "How many tasks may be upstream at once; ModelScope asks for one per account.")]
    [Range(1, 1_000)]
    public int Slots { get; init; } = 1;

    [Setting("Darkroom__PollFloorSeconds", "The shortest time between two looks at a task.")]
    [Range(0.05, 3_600)]
    public double PollFloorSeconds { get; init; } = 2;

    [Setting(
        "Darkroom__DeadlineSeconds",
        "How long upstream may take for a task, from the accepted submit on; also set by MODELSCOPE_IMAGE_POLL_MAX_SECONDS.",
        Alias = "MODELSCOPE_IMAGE_POLL_MAX_SECONDS")]
    [Range(1, 86_400)]
    public int DeadlineSeconds { get; init; } = 600;

    [
        Setting(
            "Darkroom__BalanceUrl", "Where the credits are looked up; empty for the account API of the operator of MODELSCOPE_INFER_BASE.")]
    public string? BalanceUrl { get; init; }

    [Setting("Darkroom__CreditsCheckSeconds", "How often credits are looked up while there are none.")]
    [Range(1, 86_400)]
    public int CreditsCheckSeconds { get; init; } = 300;

    [Setting(
        "Darkroom__MaxQueued",
        "How many tasks may wait before new jobs and batches are refused with 429. Queue messages and the tasks of accepted batches "
            + "are never refused.")]
    [Range(1, 10_000_000)]
    public int MaxQueued { get; init; } = 100_000;

    [Setting(
        "Darkroom__DailyBudget",
        "How many tasks may be submitted in a day in China; further jobs wait until the next day. 0 for no limit.")]
    [Range(0, 10_000_000)]
    public int DailyBudget { get; init; }

    [Setting(
        "Darkroom__MaxWaitingCallers",
        "How many callers may wait on one instance, by ?wait, Prefer: wait, events or /v1; further callers get 503, or an answer without "
            + "waiting.")]
    [Range(1, 10_000)]
    public int MaxWaitingCallers { get; init; } = 200;

    [Setting(
        "Darkroom__OpenAiWaitSeconds",
        "How long a request under /v1 waits for its pictures, with the time in the queue, before it gets 504; the job goes on.")]
    [Range(1, 500)]
    public int OpenAiWaitSeconds { get; init; } = 100;

    [Setting(
        "Darkroom__PictureHosts",
        "Hosts that pictures may be fetched from, separated by commas; *.domain (public addresses only) and host:port are allowed.")]
    public IReadOnlyList<string> PictureHosts { get; init; } = new PictureRules().Hosts;

    [Setting("Darkroom__AllowHttpPictures", "Whether pictures may be fetched over http.")]
    public bool AllowHttpPictures { get; init; }

    [Setting("Darkroom__MaxPictureBytes", "The most bytes a picture may have.")]
    [Range(1, long.MaxValue)]
    public long MaxPictureBytes { get; init; } = new PictureRules().MaxBytes;

    [Setting("Darkroom__MaxPicturePixels", "The most pixels a picture may have.")]
    [Range(1, long.MaxValue)]
    public long MaxPicturePixels { get; init; } = new PictureRules().MaxPixels;

    [Setting(
        "Darkroom__SubmitGraceSeconds",
        "How long a submit that another worker began may be silent before its outcome counts as unknown; 0 where there is only one "
            + "worker.")]
    [Range(0, 3_600)]
    public int SubmitGraceSeconds { get; init; } = 120;

    [Setting("Darkroom__SubmitTimeoutSeconds", "How long ModelScope may take to answer a submit before its outcome counts as unknown.")]
    [Range(1, 3_600)]
    public int SubmitTimeoutSeconds { get; init; } = 100;

    [Setting("Darkroom__ReadTimeoutSeconds", "How long ModelScope may be silent when a task, a balance or a picture is read.")]
    [Range(1, 3_600)]
    public int ReadTimeoutSeconds { get; init; } = 30;

    [Setting(
        "Darkroom__AnnounceResults",
        "Whether the end of each job and batch from the queue darkroom-jobs is announced on the queue darkroom-results.")]
    public bool AnnounceResults { get; init; }

    [
        Setting(
            "Darkroom__BatchContainers", "The containers, separated by commas, from which batches of the queue darkroom-jobs may be read.")]
    [EachMatches(ContainerName, "names of containers: 3 to 63 lowercase letters, digits and single hyphens")]
    public IReadOnlyList<string> BatchContainers { get; init; } = [Inbox];

    [Setting(
        "Darkroom__WebOrigins",
        "Origins, separated by commas, whose web pages may send requests; without a key Darkroom also answers only to localhost and "
            + "to these.")]
    [EachMatches(Origin, "origins such as https://studio.example, without a path")]
    public IReadOnlyList<string> WebOrigins { get; init; } = [];

    [Setting(
        "Darkroom__WebhookUrl",
        "Where the end of each job and batch that has no webhook of its own is sent; needs Darkroom__WebhookSecret.")]
    public string? WebhookUrl { get; init; }

    [Setting(
        "Darkroom__WebhookSecret",
        "Signs webhooks that have no secret of their own. With several, each webhook has a signature of each of them.")]
    public IReadOnlyList<WebhookSecret> WebhookSecrets { get; init; } = [];

    [Setting(
        "Darkroom__WebhookAllowedNetworks",
        "Private networks that webhooks may be sent to, also over http. Without them webhooks reach only public addresses.")]
    public IReadOnlyList<IPNetwork> WebhookAllowedNetworks { get; init; } = [];

    [Setting("Darkroom__RetentionDays", "How many days an ended job is kept, with its pictures.")]
    [Range(1, 36_500)]
    public int RetentionDays { get; init; } = 30;

    [Setting("Darkroom__RetentionDryRun", "Whether retention only logs what it would purge.")]
    public bool RetentionDryRun { get; init; }

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="InvalidOperationException">Settings are invalid. The message names each of them and its valid values.</exception>
    public static DarkroomSettings Read(IConfiguration configuration)
    {
        var settings = SettingsReader.Read<DarkroomSettings>(configuration);
        var found = ModelScopeSettings.Find(name => configuration[name]);
        return settings with { Token = found.Token, BaseUrl = found.BaseUrl ?? settings.BaseUrl };
    }

    /// <summary>The options of the upstream client.</summary>
    public ModelScopeOptions ToClientOptions() => new()
    {
        Token = Token,
        BaseUrl = BaseUrl,
        BalanceUrl = BalanceUrl,
        SubmitTimeout = TimeSpan.FromSeconds(SubmitTimeoutSeconds),
        ReadTimeout = TimeSpan.FromSeconds(ReadTimeoutSeconds),
        // Two tries are enough: the orchestration retries looks too, and waits without blocking a thread.
        ReadTries = 2,
        Pictures = new PictureRules
        {
            Hosts = PictureHosts,
            AllowHttp = AllowHttpPictures,
            MaxBytes = MaxPictureBytes,
            MaxPixels = MaxPicturePixels,
            IdleTimeout = TimeSpan.FromSeconds(ReadTimeoutSeconds),
        },
    };
}
