using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Tests.Scenarios;

public sealed class ScenarioBookTests
{
    private readonly ScenarioBook _book = new();

    [Fact]
    public void Meet_ScenarioForAPrompt_AppliesOnlyToThatPrompt()
    {
        _book.Assign("busy", prompt: "dog");
        Assert.Null(Meet("cat"));
        Assert.NotNull(Meet("a dog"));
    }

    [Fact]
    public void Meet_ScenarioForAModel_AppliesOnlyToThatModel()
    {
        _book.Assign(new Assignment("busy") { Model = "a/b" });
        Assert.NotNull(Meet("cat", "a/b"));
        Assert.Null(Meet("cat", "a/c"));
    }

    [Fact]
    public void Meet_ScenarioForTwoTimes_AppliesTwice()
    {
        _book.Assign("busy", times: 2);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => Meet("cat") is not null));
    }

    [Fact]
    public void Meet_WideAndNarrowAssignment_UsesTheNarrowOne()
    {
        _book.Assign("submit-502", prompt: "cat");
        _book.Assign("busy");
        Assert.True(Meet("cat")!.Accepts);
        Assert.False(Meet("dog")!.Accepts);
    }

    [Fact]
    public void Withdraw_Prompt_KeepsOtherPrompts()
    {
        _book.Assign("busy", "cat");
        _book.Assign("busy", "dog");
        _book.Withdraw("cat");
        Assert.Null(Meet("cat"));
        Assert.NotNull(Meet("dog"));
    }

    [Fact]
    public void Meet_WithChanceAfterClear_DrawsTheSameNumbers()
    {
        Assert.Equal(Draw(), Draw());

        List<bool> Draw()
        {
            _book.Clear(seed: 5);
            _book.Assign(new Assignment("busy") { Chance = 0.5 });
            return [.. Enumerable.Range(0, 50).Select(_ => Meet("cat") is not null)];
        }
    }

    [Fact]
    public void Assign_UnknownName_ThrowsWithTheAddressOfTheList() =>
        Assert.Contains(
            "/control/scenarios", Assert.Throws<ArgumentException>(() => _book.Assign("nonsense")).Message, StringComparison.Ordinal);

    private SubmitTwist? Meet(string prompt, string model = "a/b") =>
        _book.Meet(SubmittedBody.Read($$"""{"model":"{{model}}","prompt":"{{prompt}}"}""", out _)!).Submit;
}
