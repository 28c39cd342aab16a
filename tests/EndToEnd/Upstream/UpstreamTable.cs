namespace Darkroom.EndToEnd;

/// <summary>Every scenario of the simulator, with the expected result of the job.</summary>
internal static class UpstreamTable
{
    /// <summary>The scenarios in which the job fails: scenario, final status, error kind and number of POSTs.</summary>
    public static IReadOnlyList<Failure> Failures { get; } =
    [
        .. Each(
            "failed",
            "invalid-request",
            1,
            "bad-parameter",
            "echo",
            "submit-302",
            "submit-404",
            "submit-405",
            "submit-409",
            "submit-415",
            "submit-422"),
        .. Each("failed", "model-unavailable", 1, "model-unsupported", "no-provider", "model-retired"),
        .. Each("failed", "content-rejected", 1, "moderated", "moderated-english"),
        .. Each("failed", "unauthorized", 1, "invalid-token", "bind-account", "forbidden", "look-401"),
        .. Each("failed", "upstream-unavailable", 4, "busy", "submit-503", "submit-500"),
        .. Each(
            "submissionUnknown", "submission-unknown", 1, "submit-408", "submit-502", "submit-502-json", "submit-504", "submit-500-html",
            "submit-503-html", "submit-html", "submit-no-id", "submit-cut",
            "submit-cut-before", "submit-half", "submit-flood", "submit-silence", "submit-drip"),
        .. Each(
            "failed", "upstream-failed", 1, "failed-errors", "failed-error-string", "failed-error-object", "failed-message",
            "failed-error-message", "failed-error-msg", "failed-detail", "failed-late-reason",
            "failed-silently", "failed-moderated", "fails-as-FAILED", "fails-as-lower-case", "fails-as-ERROR", "fails-as-CANCEL",
            "fails-as-CANCELED", "fails-as-CANCELLED",
            "task-lost", "task-404"),
        .. Each("failed", "picture-unavailable", 1, "no-picture", "dead-link", "redirect-loop"),
        .. Each(
            "failed",
            "picture-rejected",
            1,
            "not-a-picture",
            "bomb",
            "oversize",
            "oversize-unannounced",
            "foreign-host",
            "private-host",
            "redirect-away",
            "redirect-home"),
    ];

    /// <summary>The scenarios in which the job succeeds, with the number of pictures.</summary>
    public static IReadOnlyList<Success> Successes { get; } =
    [
        .. Bringing(
            1, "done-SUCCEED", "done-SUCCEEDED", "done-SUCCESS", "done-DONE", "running-PENDING", "running-RUNNING", "running-PROCESSING",
            "running-QUEUED", "running-QUEUING", "running-STARTED", "running-DREAMING",
            "seed-000", "seed-001", "seed-002", "seed-003", "seed-004", "numeric-task-id", "images-url", "data-url", "images-base64",
            "data-base64", "no-state-while-running", "result-endpoint-json",
            "result-endpoint-bytes", "not-found-at-first", "404-at-first", "jpeg", "lying-type", "no-type", "redirect", "dead-first-link",
            "one-megabyte", "fifty-megabytes"),
        .. Bringing(2, "two-pictures"),
        .. Bringing(4, "four-pictures"),
        .. Bringing(16, "sixteen-pictures"),
    ];

    /// <summary>The scenarios in which the upstream does not accept a submit at first, with the number of refusals.</summary>
    public static IReadOnlyList<Trouble> Refusals { get; } =
    [
        new("throttled", 1), new("throttled-date", 1), new(
            "throttled-silent",
            1), new("throttled-now", 1), new("busy", 3), new("busy-until", 1), new("submit-500", 2), new("submit-501", 1), new("submit-505",
            1), new("submit-529", 1),
        new("quota-until", 1), new("no-credits", 1), new("no-credits-until", 1),
    ];

    /// <summary>The scenarios with a temporary failure after the submit, with the number of failures.</summary>
    public static IReadOnlyList<Trouble> PassingTroubles { get; } =
    [
        new("look-500", 3), new("look-502", 2), new("look-503", 2), new("look-429", 2), new("look-cut", 3), new(
            "look-half", 2), new("look-html", 3), new("picture-500", 4), new("picture-503", 2),
        new("picture-cut", 2), new("picture-silence", 1), new("truncated", 1), new("empty-picture", 1),
    ];

    /// <summary>The scenarios in which no look shows that the task has ended.</summary>
    public static IReadOnlyList<string> Endless { get; } =
    [
        "never-ends",
        "look-500",
        "look-502",
        "look-503",
        "look-429",
        "look-html",
        "look-cut",
        "look-half",
        "look-silence",
        "look-drip",
        "look-flood",
    ];

    /// <summary>
    /// The scenarios that run in other tests: of the gate, because all other jobs would be blocked until the next day; and of thumbnails,
    /// because the picture has other bytes than the painting.
    /// </summary>
    public static IReadOnlyList<string> Elsewhere { get; } = ["quota", "damaged"];

    private static IEnumerable<Failure> Each(string status, string error, int posts, params string[] scenarios) =>
        scenarios.Select(scenario => new Failure(scenario, status, error, posts));

    private static IEnumerable<Success> Bringing(int pictures, params string[] scenarios) =>
        scenarios.Select(scenario => new Success(scenario, pictures));

    internal sealed record Failure(string Scenario, string Status, string Error, int Posts);

    internal sealed record Success(string Scenario, int Pictures);

    internal sealed record Trouble(string Scenario, int Times);
}
