using Azure.Storage.Blobs;
using Darkroom.Settings;

namespace Darkroom.Storage;

/// <summary>The blob containers of the app.</summary>
public sealed class Containers(BlobServiceClient storage) : IStoragePart
{
    private static readonly string[] Beginnings = ["darkroom-", "azure-webjobs-", "app-package", "$"];

    // The containers of the durable engine: the name of the task hub with one of these endings.
    private static readonly string[] Ends = ["-largemessages", "-leases", "-applease"];

    /// <summary>Pictures, each with its sidecar.</summary>
    public BlobContainerClient Pictures { get; } = storage.GetBlobContainerClient("pictures");

    /// <summary>The ledger: one small blob for each task. It decides which worker may post.</summary>
    public BlobContainerClient Ledger { get; } = storage.GetBlobContainerClient("darkroom-ledger");

    /// <summary>The index of jobs, requests that must not be in the durable history, batches, and long poison messages.</summary>
    public BlobContainerClient Jobs { get; } = storage.GetBlobContainerClient("darkroom-jobs");

    /// <summary>
    /// Whether a container of the account belongs to Darkroom or to the host. A sender of queue messages must not be able to read such a
    /// container.
    /// </summary>
    public static bool IsInternal(string name) => name != DarkroomSettings.Inbox
        && (Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(Ends, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Creates the given containers if they are missing, except internal ones.</summary>
    public Task CreateAsync(IEnumerable<string> names, CancellationToken cancellation) =>
        Task.WhenAll(
            names.Where(name => !IsInternal(name)).Select(
                name => storage.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellation)));

    /// <inheritdoc/>
    public Task CreateAsync(CancellationToken cancellation) =>
        Task.WhenAll(
            new[] { Pictures, Ledger, Jobs }.Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancellation)));
}
