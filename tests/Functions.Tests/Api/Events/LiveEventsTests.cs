using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using System.Text;
using System.Threading.Channels;
using Darkroom.Api.Events;
using Darkroom.TestKit;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Functions.Tests.Api.Events;

public sealed class LiveEventsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Channel<SseItem<string>> _events = Channel.CreateUnbounded<SseItem<string>>();
    private readonly Pipe _pipe = new();
    private readonly CancellationTokenSource _reader = new();
    private readonly Task _stream;

    public LiveEventsTests()
    {
        var http = new DefaultHttpContext { RequestAborted = _reader.Token };
        http.Response.Body = _pipe.Writer.AsStream();
        _stream = new LiveEvents(end => _events.Reader.ReadAllAsync(end), Stream.Null, _time).ExecuteAsync(http);
    }

    [Fact]
    public async Task Stream_BetweenEvents_SendsACommentEvery15Seconds()
    {
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(":\n\n", await ReadAsync());
        _events.Writer.TryWrite(new SseItem<string>("{}", "job") { EventId = "3" });
        Assert.Equal("event: job\ndata: {}\nid: 3\n\n", await ReadAsync());
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(":\n\n", await ReadAsync());
        _events.Writer.Complete();
        await _stream;
    }

    [Fact]
    public async Task Stream_AfterNineMinutes_Ends()
    {
        for (var sign = 0; sign < 35; sign++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal(":\n\n", await ReadAsync());
        }

        Assert.False(_stream.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(16));
        await _stream;
    }

    [Fact]
    public async Task Stream_ClientDisconnects_Ends()
    {
        await _reader.CancelAsync();
        await _stream;
    }

    [Fact]
    public async Task Stream_SourceFails_ThrowsTheException()
    {
        _events.Writer.Complete(new InvalidOperationException("broken"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _stream);
    }

    public void Dispose() => _reader.Dispose();

    private async Task<string> ReadAsync()
    {
        var read = await _pipe.Reader.ReadAsync();
        var text = Encoding.UTF8.GetString(read.Buffer);
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }
}
