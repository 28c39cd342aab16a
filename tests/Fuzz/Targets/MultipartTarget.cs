using System.Text;
using Darkroom.Api.OpenAi;
using Darkroom.Fuzz.Cases;
using Darkroom.ModelScope.Requests;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Fuzz.Targets;

/// <summary>The forms of the OpenAI API. The first line of an input is the content type.</summary>
internal sealed class MultipartTarget : FuzzTarget
{
    public override string Name => TargetNames.Multipart;

    public override IReadOnlyList<string> Words => ["multipart"];

    // Each of up to 50 parts has a block of 64 KiB.
    public override long AllocationBase => 5 << 20;

    public override async Task RunAsync(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        if (end < 0)
            return;
        var type = Encoding.Latin1.GetString(input, 0, end).TrimEnd('\r');
        var http = new DefaultHttpContext { Request = { Body = new Chunks(input, end + 1, 900), ContentType = type } };
        if (await EditForm.ReadAsync(http.Request, CancellationToken.None) is not EditFormReading.Read form)
            return;
        Rule.Holds(form.Pictures.Count is > 0 and <= EditForm.MaxPictures, "A form has one to 16 pictures.");
        if (OpenAiReader.Read(form.Fields, form.Pictures, ImageRequest.DefaultModel) is OpenAiReading.Valid { Request.Job: var job })
            RequestChecks.Stored(job);
    }
}
