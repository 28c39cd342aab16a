using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Tests.Scenarios;

public sealed class ScenarioBookTests
{
    private readonly ScenarioBook _book = new();

    [Fact]
    public void A_scenario_can_be_meant_for_some_prompts_only()
    {
        _book.Assign("busy", prompt: "dog");
        Assert.Null(Meet("cat"));
        Assert.NotNull(Meet("a dog"));
    }

    [Fact]
    public void A_scenario_can_be_meant_for_one_model_only()
    {
        _book.Assign(new Assignment("busy") { Model = "a/b" });
        Assert.NotNull(Meet("cat", "a/b"));
        Assert.Null(Meet("cat", "a/c"));
    }

    [Fact]
    public void A_scenario_can_wear_off()
    {
        _book.Assign("busy", times: 2);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => Meet("cat") is not null));
    }

    [Fact]
    public void The_narrower_assignment_has_its_say()
    {
        _book.Assign("submit-502", prompt: "cat");
        _book.Assign("busy");
        Assert.True(Meet("cat")!.Accepts);
        Assert.False(Meet("dog")!.Accepts);
    }

    [Fact]
    public void What_was_assigned_to_a_prompt_is_withdrawn_without_the_others()
    {
        _book.Assign("busy", "cat");
        _book.Assign("busy", "dog");
        _book.Withdraw("cat");
        Assert.Null(Meet("cat"));
        Assert.NotNull(Meet("dog"));
    }

    [Fact]
    public void Chances_are_drawn_alike_after_a_clear()
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
    public void An_unknown_name_is_an_error_that_says_where_to_look() =>
        Assert.Contains(
            "/control/scenarios", Assert.Throws<ArgumentException>(() => _book.Assign("nonsense")).Message, StringComparison.Ordinal);

    private SubmitTwist? Meet(string prompt, string model = "a/b") =>
        _book.Meet(SubmittedBody.Read($$"""{"model":"{{model}}","prompt":"{{prompt}}"}""", out _)!).Submit;
}
