using Darkroom.Jobs;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>A job for tests of pure rules: nothing of it is in storage.</summary>
internal static class SampleJob
{
    public static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    public static readonly JobTicket Ticket = new()
    {
        JobId = "job",
        Request = """{"prompt":"a cat"}""",
        RequestHash = "hash",
        CreatedAt = Start,
        ExpiresAt = Start.AddDays(7),
        DeadlineSeconds = 600,
    };

    public static readonly JobError Trouble = JobErrors.Internal("some trouble");
}
