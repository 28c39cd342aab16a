using System.CommandLine;
using Darkroom.Cli.Pictures;

namespace Darkroom.Cli.Generate;

/// <summary>The options of <c>darkroom generate</c>.</summary>
internal sealed class GenerateOptions
{
    private readonly Argument<string> _prompt = new("prompt") { Description = "What the picture shows, in Chinese or English." };
    private readonly Option<string?> _model = new("--model") { Description = "The model, as Owner/Name.", HelpName = "MODEL" };
    private readonly Option<string?> _negative = new("--negative-prompt") { Description = "What must not be shown.", HelpName = "TEXT" };
    private readonly Option<string?> _size = new("--size") { Description = "Width and height, such as 1024x1024.", HelpName = "WxH" };
    private readonly Option<long?> _seed = new("--seed") { Description = "The same seed gives the same picture.", HelpName = "N" };
    private readonly Option<int?> _steps = new("--steps") { Description = "The number of steps, 1 to 100.", HelpName = "N" };
    private readonly Option<double?> _guidance = new(
        "--guidance")
    { Description = "How closely to follow the prompt, 1.5 to 20.", HelpName = "X" };
    private readonly Option<int?> _count = new(
        "--count", "-n")
    { Description = "How many pictures, 1 to 16; each is paid for.", HelpName = "N" };
    private readonly Option<string[]> _imageUrls = new(
        "--image-url")
    { Description = "A picture to edit. Can be repeated.", HelpName = "URL" };
    private readonly Option<string?> _name = new("--name")
    {
        Description = "The text for file names, instead of the prompt.",
        HelpName = "TEXT",
    };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "A tag to find the job by. Can be repeated.",
        HelpName = "TAG",
    };
    private readonly Option<string?> _out = OutOption.Create("The folder for the pictures. Default: ./generated-images.");
    private readonly Option<string?> _key = new(
        "--idempotency-key")
    {
        Description = "The same key with the same request is the same job, paid once. Default: a new key.",
        HelpName = "KEY"
    };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Print the job's id and exit." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_prompt);
        foreach (var option in new Option[]
            {
                _model,
                _negative,
                _size,
                _seed,
                _steps,
                _guidance,
                _count,
                _imageUrls,
                _name,
                _tags,
                _out,
                _key,
                _noWait,
            })
            command.Options.Add(option);
    }

    public GenerateRequest RequestOf(ParseResult parsed) => new()
    {
        Prompt = parsed.GetRequiredValue(_prompt),
        Model = parsed.GetValue(_model),
        NegativePrompt = parsed.GetValue(_negative),
        Size = parsed.GetValue(_size),
        Seed = parsed.GetValue(_seed),
        Steps = parsed.GetValue(_steps),
        Guidance = parsed.GetValue(_guidance),
        Count = parsed.GetValue(_count),
        ImageUrls = parsed.GetValue(_imageUrls) ?? [],
        Name = parsed.GetValue(_name),
        Tags = parsed.GetValue(_tags) ?? [],
    };

    public string KeyOf(ParseResult parsed) => parsed.GetValue(_key) ?? Guid.NewGuid().ToString();

    public string FolderOf(ParseResult parsed, CommandEnvironment environment) => OutOption.FolderOf(parsed.GetValue(_out), environment);

    public bool IsToWait(ParseResult parsed) => !parsed.GetValue(_noWait);
}
