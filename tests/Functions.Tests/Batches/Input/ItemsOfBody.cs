using System.Text;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Functions.Tests.Batches.Input;

/// <summary>Reads the body of a batch in the same way as the app.</summary>
internal static class ItemsOfBody
{
    public static Task<IReadOnlyList<ReadItem>> ReadAsync(BatchFormat format, string body) =>
        ReadAsync(format, Encoding.UTF8.GetBytes(body), charset: null);

    public static Task<IReadOnlyList<ReadItem>> ReadAsync(BatchFormat format, byte[] body, string? charset) =>
        ReadAsync(format, new MemoryStream(body), charset);

    public static async Task<IReadOnlyList<ReadItem>> ReadAsync(BatchFormat format, MemoryStream body, string? charset)
    {
        using var json = format == BatchFormat.Json
            ? await JsonBody.ReadAsync(await BodyText.OpenAsync(body, charset, default), default)
            : null;
        body.Position = 0;
        var utf8 = await BodyText.OpenAsync(body, charset, default);
        var rules = new ItemRules("Owner/Name", json?.Defaults ?? Defaults.None);
        var items = new List<ReadItem>();
        await foreach (var raw in BatchIntake.ItemsOf(utf8, format, json, default))
        {
            using (raw)
            {
                var (request, customId, problems) = rules.Read(raw);
                items.Add(new ReadItem(raw.Line, request, customId, problems));
            }
        }

        return items;
    }
}

/// <summary>The result of reading one line: a request or problems.</summary>
internal sealed record ReadItem(int Line, JobRequest? Request, string? CustomId, IReadOnlyList<FieldProblem> Problems);
