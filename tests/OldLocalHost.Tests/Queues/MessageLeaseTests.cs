using Azure;
using Azure.Storage.Queues.Models;
using Darkroom.LocalHost.Queues;
using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests.Queues;

public sealed class MessageLeaseTests : QueueTest
{
    [Fact]
    public async Task It_is_renewed_at_half_its_time_and_gives_the_receipt_that_is_good()
    {
        var time = new ManualTime();
        var store = new QueueStore(Connection, QueueName);
        var message = await ReceiveAsync(store);
        await using var lease = new MessageLease(store, message, time, _ => { });
        Assert.Equal(1, time.Waiting);
        time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(1, time.Waiting);
        for (var renewal = 0; renewal < 3; renewal++)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            await Eventually.IsTrue(() => time.Waiting == 1);
        }

        var receipt = await lease.EndAsync();
        Assert.NotEqual(message.PopReceipt, receipt);
        Assert.Equal(0, time.Waiting);
        await Assert.ThrowsAsync<RequestFailedException>(() => store.DeleteAsync(message, message.PopReceipt, default));
        await store.DeleteAsync(message, receipt, default);
    }

    [Fact]
    public async Task A_short_run_renews_nothing()
    {
        var store = new QueueStore(Connection, QueueName);
        var message = await ReceiveAsync(store);
        await using var lease = new MessageLease(store, message, new ManualTime(), _ => { });
        Assert.Equal(message.PopReceipt, await lease.EndAsync());
    }

    [Fact]
    public async Task A_renewal_that_fails_is_said_and_tried_again()
    {
        var time = new ManualTime();
        var store = new QueueStore(Connection, QueueName);
        var message = await ReceiveAsync(store);
        await store.DeleteAsync(message, message.PopReceipt, default);
        var failures = 0;
        await using var lease = new MessageLease(store, message, time, _ => Interlocked.Increment(ref failures));
        for (var renewal = 1; renewal <= 2; renewal++)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            await Eventually.IsTrue(() => failures == renewal && time.Waiting == 1);
        }
    }

    private async Task<QueueMessage> ReceiveAsync(QueueStore store)
    {
        await SendAsync("long");
        return Assert.Single(await store.ReceiveAsync(1, MessageLease.Length, default));
    }
}
