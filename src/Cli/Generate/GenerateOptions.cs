using System.CommandLine;
using Darkroom.Cli.Pictures;

namespace Darkroom.Cli.Generate;

/// <summary>The options of <c>darkroom generate</c>.</summary>
internal sealed class GenerateOptions
{
    private readonly Argument<string> _prompt = new("prompt") { Description = GenerateWords.Prompt };
    private readonly Option<string?> _model = New<string?>("--model", "MODEL", GenerateWords.Model);
    private readonly Option<string?> _negative = New<string?>("--negative-prompt", "TEXT", GenerateWords.NegativePrompt);
    private readonly Option<string?> _size = New<string?>("--size", "WxH", GenerateWords.Size);
    private readonly Option<long?> _seed = New<long?>("--seed", "N", GenerateWords.Seed);
    private readonly Option<int?> _steps = New<int?>("--steps", "N", GenerateWords.Steps);
    private readonly Option<double?> _guidance = New<double?>("--guidance", "X", GenerateWords.Guidance);
    private readonly Option<int?> _count = New<int?>("--count", "N", GenerateWords.Count);
    private readonly Option<string[]> _imageUrls = New<string[]>("--image-url", "URL", GenerateWords.ImageUrl);
    private readonly Option<string[]> _loras = New<string[]>("--lora", "ID[=WEIGHT]", GenerateWords.Lora);
    private readonly Option<string?> _name = New<string?>("--name", "TEXT", GenerateWords.Name);
    private readonly Option<string[]> _tags = New<string[]>("--tag", "TAG", GenerateWords.Tag);
    private readonly Option<string?> _priority = New<string?>("--priority", "interactive|bulk", GenerateWords.Priority);
    private readonly Option<int?> _deadline = New<int?>("--deadline", "SECONDS", GenerateWords.Deadline);
    private readonly Option<int?> _expires = New<int?>("--expires", "SECONDS", GenerateWords.Expires);
    private readonly Option<string?> _noCredits = New<string?>("--on-credits-exhausted", "wait|fail", GenerateWords.NoCredits);
    private readonly Option<bool> _reuse = new("--reuse") { Description = GenerateWords.Reuse };
    private readonly Option<string?> _webhook = New<string?>("--webhook", "URL", GenerateWords.Webhook);
    private readonly Option<string?> _out = OutOption.Create();
    private readonly Option<string?> _key = New<string?>("--idempotency-key", "KEY", GenerateWords.IdempotencyKey);
    private readonly Option<bool> _noWait = new("--no-wait") { Description = JobWords.NoWaitOption };

    public void AddTo(Command command)
    {
        _count.Aliases.Add("-n");
        _priority.AcceptOnlyFromAmong("interactive", "bulk");
        _noCredits.AcceptOnlyFromAmong("wait", "fail");
        command.Arguments.Add(_prompt);
        Option[] options = [
            _model, _negative, _size, _seed, _steps, _guidance, _count, _imageUrls, _loras, _name, _tags,
            _priority, _deadline, _expires, _noCredits, _reuse, _webhook, _out, _key, _noWait];
        foreach (var option in options)
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
        Loras = LoraOption.Read(parsed.GetValue(_loras) ?? []),
        Name = parsed.GetValue(_name),
        Tags = parsed.GetValue(_tags) ?? [],
        Priority = parsed.GetValue(_priority),
        DeadlineSeconds = parsed.GetValue(_deadline),
        ExpiresInSeconds = parsed.GetValue(_expires),
        OnCreditsExhausted = parsed.GetValue(_noCredits),
        Reuse = parsed.GetValue(_reuse) ? "identical" : null,
        WebhookUrl = parsed.GetValue(_webhook),
    };

    public string KeyOf(ParseResult parsed) => parsed.GetValue(_key) ?? Guid.NewGuid().ToString();

    public string FolderOf(ParseResult parsed, CommandEnvironment environment) => OutOption.FolderOf(parsed.GetValue(_out), environment);

    public bool IsToWait(ParseResult parsed) => !parsed.GetValue(_noWait);

    private static Option<T> New<T>(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
