using Darkroom.TestKit;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Surface;

public sealed class SurfaceListTests
{
    private static readonly string Kept = Path.Combine(Repository.Root, "docs", "localhost-surface.txt");

    /// <summary>DARKROOM_WRITE=1 writes the list anew; the change is then there for a reader to judge.</summary>
    [Fact]
    public void The_list_of_public_members_is_up_to_date()
    {
        var now = SurfaceList.Write(typeof(TaskOrchestrationContext).Assembly);
        if (Environment.GetEnvironmentVariable("DARKROOM_WRITE") == "1")
            File.WriteAllText(Kept, now);
        Assert.Equal(File.ReadAllText(Kept), now);
    }

    [Fact]
    public void Every_type_of_the_list_is_in_the_page_with_its_real_package()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "localhost.md"));
        var rows = page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();
        foreach (var type in File.ReadLines(Kept).Where(line => line.StartsWith("type ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]))
        {
            var name = type.Split('<')[0].Split('.')[^1];
            Assert.True(rows.Exists(row => row.Split('|')[1].Contains(name, StringComparison.Ordinal)), $"docs/localhost.md has no row for {type}.");
        }
    }
}
