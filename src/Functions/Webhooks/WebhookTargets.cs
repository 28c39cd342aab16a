using Darkroom.Batches;
using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Webhooks;

/// <summary>
/// Finds where a message is sent, and which secrets sign it. This is done anew for each attempt, so that a changed secret or address of the
/// service counts at once, and nothing of it is in the history.
/// </summary>
public sealed class WebhookTargets(RequestStore requests, BatchStore batches, DarkroomSettings settings)
{
    /// <summary>The target of a message; null if there is none any more.</summary>
    public async Task<WebhookTarget?> FindAsync(DurableTaskClient client, DeliveryOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Kind == DeliveryOrder.Job)
            return await JobReader.TryGetAsync(client, order.Id, cancellation) is { } job
                ? await OfJobAsync(job.Ticket, cancellation)
                : null;
        if (await batches.TicketAsync(order.Id, cancellation) is not { } ticket)
            return null;
        return ticket.Webhook is { } name ? Of(await batches.WebhookAsync(name, cancellation)) : OfService();
    }

    /// <summary>The target of a job: its own webhook, else the service's; null if there is neither.</summary>
    public async Task<WebhookTarget?> OfJobAsync(JobTicket ticket, CancellationToken cancellation) =>
        await requests.TryReadAsync(ticket, cancellation) is not { } request ? null
            : request.Webhook is { } own ? Of(own)
            : OfService();

    private WebhookTarget? OfService() => settings.WebhookUrl is { } url ? Of(new JobWebhook(url, Secret: null)) : null;

    private WebhookTarget? Of(JobWebhook? webhook)
    {
        if (webhook is null)
            return null;
        IReadOnlyList<WebhookSecret> secrets = webhook.Secret is { } own ? [own] : settings.WebhookSecrets;
        return secrets.Count > 0 ? new WebhookTarget(new Uri(webhook.Url), secrets) : null;
    }
}

/// <summary>Where a message is sent, and the secrets that sign it.</summary>
public sealed record WebhookTarget(Uri Url, IReadOnlyList<WebhookSecret> Secrets);
