using Darkroom.ModelScope;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Requests;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Settings;

/// <summary>Everything that can be set, read once at the start and checked as a whole.</summary>
public sealed record DarkroomSettings
{
    /// <summary>The token; found under one of three names.</summary>
    [
        Setting(
            "MODELSCOPE_API_TOKEN",
            "The ModelScope access token; also found as MODELSCOPE_API_KEY and MODELSCOPE_SDK_TOKEN, in this order.")]
    public ApiToken Token { get; init; }

    /// <summary>The upstream endpoint.</summary>
    [Setting("MODELSCOPE_INFER_BASE", "The API's base address, with or without a slash or /v1 at its end.")]
    public string BaseUrl { get; init; } = "https://api-inference.modelscope.cn/";

    /// <summary>Replaces the poll plan.</summary>
    [Setting("MODELSCOPE_IMAGE_POLL_INTERVAL", "Seconds between looks at a task; replaces the learned plan by a fixed interval.")]
    public double? PollIntervalSeconds { get; init; }

    /// <summary>The model of requests that name none.</summary>
    [Setting("Darkroom__DefaultModel", "The model of requests that name none.")]
    public string DefaultModel { get; init; } = ImageRequest.DefaultModel;

    /// <summary>How many may talk upstream at once.</summary>
    [Setting("Darkroom__Slots", "How many tasks may be upstream at once; ModelScope asks for one per account.")]
    public int Slots { get; init; } = 1;

    /// <summary>The shortest time between looks.</summary>
    [Setting("Darkroom__PollFloorSeconds", "The shortest time between two looks at a task.")]
    public double PollFloorSeconds { get; init; } = 2;

    /// <summary>How long upstream may take.</summary>
    [
        Setting(
            "Darkroom__DeadlineSeconds",
            "How long upstream may take for a task, from the accepted submit on; also set by MODELSCOPE_IMAGE_POLL_MAX_SECONDS.")]
    public int DeadlineSeconds { get; init; } = 600;

    /// <summary>Where the balance is asked.</summary>
    [
        Setting(
            "Darkroom__BalanceUrl", "Where the credits are looked up; empty for the account API of the operator of MODELSCOPE_INFER_BASE.")]
    public string? BalanceUrl { get; init; }

    /// <summary>How often credits are looked up while there are none.</summary>
    [Setting("Darkroom__CreditsCheckSeconds", "How often credits are looked up while there are none.")]
    public int CreditsCheckSeconds { get; init; } = 300;

    /// <summary>How many jobs may wait.</summary>
    [
        Setting(
            "Darkroom__MaxQueued",
            "How many tasks may wait before new jobs and batches are refused with 429. What comes by the queue, and what a batch holds, "
                + "is never refused.")]
    public int MaxQueued { get; init; } = 100_000;

    /// <summary>How many callers may wait for an answer.</summary>
    [
        Setting(
            "Darkroom__MaxWaitingCallers",
            "How many callers may keep one instance waiting, by ?wait, Prefer: wait or events; more are answered 503, or at once.")]
    public int MaxWaitingCallers { get; init; } = 200;

    /// <summary>Where pictures may lie.</summary>
    [Setting("Darkroom__PictureHosts", "Hosts that pictures may be fetched from, separated by commas; *.domain and host:port are allowed.")]
    public IReadOnlyList<string> PictureHosts { get; init; } = new PictureRules().Hosts;

    /// <summary>Whether pictures may come over http.</summary>
    [Setting("Darkroom__AllowHttpPictures", "Whether pictures may be fetched over http.")]
    public bool AllowHttpPictures { get; init; }

    /// <summary>The largest file.</summary>
    [Setting("Darkroom__MaxPictureBytes", "The most bytes a picture may have.")]
    public long MaxPictureBytes { get; init; } = new PictureRules().MaxBytes;

    /// <summary>The largest picture.</summary>
    [Setting("Darkroom__MaxPicturePixels", "The most pixels a picture may have.")]
    public long MaxPicturePixels { get; init; } = new PictureRules().MaxPixels;

    /// <summary>How long a submit of another worker may be silent.</summary>
    [
        Setting(
            "Darkroom__SubmitGraceSeconds",
            "How long a submit that another worker began may be silent before its outcome counts as unknown; 0 where there is only one "
                + "worker.")]
    public int SubmitGraceSeconds { get; init; } = 120;

    /// <summary>How long a submit may go unanswered.</summary>
    [Setting("Darkroom__SubmitTimeoutSeconds", "How long ModelScope may take to answer a submit before nobody knows what came of it.")]
    public int SubmitTimeoutSeconds { get; init; } = 100;

    /// <summary>How long a look may go unanswered.</summary>
    [Setting("Darkroom__ReadTimeoutSeconds", "How long ModelScope may be silent when a task, a balance or a picture is read.")]
    public int ReadTimeoutSeconds { get; init; } = 30;

    /// <summary>Whether ends are announced on a queue.</summary>
    [
        Setting(
            "Darkroom__AnnounceResults",
            "Whether the end of what came by the queue darkroom-jobs is announced on the queue darkroom-results.")]
    public bool AnnounceResults { get; init; }

    /// <summary>Containers that batches of the queue are read from.</summary>
    [
        Setting(
            "Darkroom__InboxContainers", "The containers, separated by commas, from which batches of the queue darkroom-jobs may be read.")]
    public IReadOnlyList<string> InboxContainers { get; init; } = ["inbox"];

    /// <summary>Whose pages may send requests.</summary>
    [
        Setting(
            "Darkroom__WebOrigins",
            "Origins, separated by commas, whose web pages may send requests; without a key Darkroom also answers only to localhost and "
                + "to these.")]
    public IReadOnlyList<string> WebOrigins { get; init; } = [];

    /// <summary>Whether prompts may stand in logs.</summary>
    [Setting("Darkroom__LogPrompts", "Whether logs may hold prompts.")]
    public bool LogPrompts { get; init; }

    /// <summary>How long jobs are kept.</summary>
    [Setting("Darkroom__RetentionDays", "How many days a job that is over is kept, with its pictures.")]
    public int RetentionDays { get; init; } = 30;

    /// <summary>Whether nothing is purged.</summary>
    [Setting("Darkroom__RetentionDryRun", "Whether retention only logs what it would purge.")]
    public bool RetentionDryRun { get; init; }

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="InvalidOperationException">Something cannot be; the message names every setting that is wrong, and how to mend
    /// it.</exception>
    public static DarkroomSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var found = ModelScopeSettings.Find(name => configuration[name]);
        var values = new SettingValues(configuration);
        var usual = new DarkroomSettings();
        var settings = new DarkroomSettings
        {
            Token = found.Token,
            BaseUrl = found.BaseUrl ?? usual.BaseUrl,
            PollIntervalSeconds = values.Number("MODELSCOPE_IMAGE_POLL_INTERVAL", 0.05, 3600),
            DefaultModel = values.Text("Darkroom__DefaultModel") ?? usual.DefaultModel,
            Slots = values.WholeNumber("Darkroom__Slots", 1, 1000) ?? usual.Slots,
            PollFloorSeconds = values.Number("Darkroom__PollFloorSeconds", 0.05, 3600) ?? usual.PollFloorSeconds,
            DeadlineSeconds = values.WholeNumber("Darkroom__DeadlineSeconds", 1, 86_400) ?? values.WholeNumber(
                "MODELSCOPE_IMAGE_POLL_MAX_SECONDS", 1, 86_400) ?? usual.DeadlineSeconds,
            BalanceUrl = values.Text("Darkroom__BalanceUrl"),
            CreditsCheckSeconds = values.WholeNumber("Darkroom__CreditsCheckSeconds", 1, 86_400) ?? usual.CreditsCheckSeconds,
            MaxQueued = values.WholeNumber("Darkroom__MaxQueued", 1, 10_000_000) ?? usual.MaxQueued,
            MaxWaitingCallers = values.WholeNumber("Darkroom__MaxWaitingCallers", 1, 10_000) ?? usual.MaxWaitingCallers,
            PictureHosts = values.List("Darkroom__PictureHosts") ?? usual.PictureHosts,
            AllowHttpPictures = values.Flag("Darkroom__AllowHttpPictures") ?? usual.AllowHttpPictures,
            MaxPictureBytes = values.LargeNumber("Darkroom__MaxPictureBytes") ?? usual.MaxPictureBytes,
            MaxPicturePixels = values.LargeNumber("Darkroom__MaxPicturePixels") ?? usual.MaxPicturePixels,
            SubmitGraceSeconds = values.WholeNumber("Darkroom__SubmitGraceSeconds", 0, 3600) ?? usual.SubmitGraceSeconds,
            SubmitTimeoutSeconds = values.WholeNumber("Darkroom__SubmitTimeoutSeconds", 1, 3600) ?? usual.SubmitTimeoutSeconds,
            ReadTimeoutSeconds = values.WholeNumber("Darkroom__ReadTimeoutSeconds", 1, 3600) ?? usual.ReadTimeoutSeconds,
            AnnounceResults = values.Flag("Darkroom__AnnounceResults") ?? usual.AnnounceResults,
            InboxContainers = values.List(
                "Darkroom__InboxContainers",
                IsContainer,
                "names of containers: 3 to 63 lowercase letters, digits and single hyphens") ?? usual.InboxContainers,
            WebOrigins = values.List(
                "Darkroom__WebOrigins", IsOrigin, "origins such as https://studio.example, without a path") ?? usual.WebOrigins,
            LogPrompts = values.Flag("Darkroom__LogPrompts") ?? usual.LogPrompts,
            RetentionDays = values.WholeNumber("Darkroom__RetentionDays", 1, 36_500) ?? usual.RetentionDays,
            RetentionDryRun = values.Flag("Darkroom__RetentionDryRun") ?? usual.RetentionDryRun,
        };
        values.ThrowIfWrong();
        return settings;
    }

    private static bool IsContainer(string name) =>
        name.Length is >= 3 and <= 63
            && name.Split('-').All(
                part => part.Length > 0 && part.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

    /// <summary>The settings as the upstream client wants them.</summary>
    public ModelScopeOptions ToClientOptions() => new()
    {
        Token = Token,
        BaseUrl = BaseUrl,
        BalanceUrl = BalanceUrl,
        SubmitTimeout = TimeSpan.FromSeconds(SubmitTimeoutSeconds),
        ReadTimeout = TimeSpan.FromSeconds(ReadTimeoutSeconds),
        // One look is one look: patience is the orchestration's, and it waits without holding a thread.
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
