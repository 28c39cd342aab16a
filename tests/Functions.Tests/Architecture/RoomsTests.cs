using Darkroom.Jobs;

namespace Darkroom.Functions.Tests.Architecture
{
    public sealed class RoomsTests
    {
        [Fact]
        public void Rooms_UseOnlyWhatTheMapAllows() => Assert.Empty(Rooms.Breaks(typeof(DarkroomServices).Assembly));

        [Fact]
        public void Rooms_SeededBreak_IsNamed() =>
            Assert.Contains(
                "SeededBreak: Storage may not use Jobs (JobState).",
                Rooms.Breaks(typeof(Darkroom.Storage.SeededBreak).Assembly));
    }
}

namespace Darkroom.Storage
{
    /// <summary>What storage must not do; no part of the app.</summary>
    internal sealed record SeededBreak(JobState State);
}
