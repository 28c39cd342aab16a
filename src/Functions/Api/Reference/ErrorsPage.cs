using Markdig;

namespace Darkroom.Api.Reference;

/// <summary>The page <c>docs/errors.md</c> as HTML. Each heading has its text as its id, which is the name of an error.</summary>
internal static class ErrorsPage
{
    private static readonly Lazy<string> Page = new(Render);

    public static string Html => Page.Value;

    private static string Render()
    {
        var pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Darkroom: errors</title></head>
            <body>
            {Markdown.ToHtml(EmbeddedText.Read("errors.md"), pipeline)}
            </body>
            </html>
            """;
    }
}
