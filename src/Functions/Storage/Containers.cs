using Azure.Storage.Blobs;

namespace Darkroom.Storage;

/// <summary>The containers, and what is in each.</summary>
public sealed class Containers(BlobServiceClient storage)
{
    private static readonly string[] Beginnings = ["darkroom-", "azure-webjobs-", "app-package", "$"];

    // The durable engine's, behind the name of its hub.
    private static readonly string[] Ends = ["-largemessages", "-leases", "-applease"];

    /// <summary>Pictures, each with its sidecar.</summary>
    public BlobContainerClient Pictures { get; } = storage.GetBlobContainerClient("pictures");

    /// <summary>What was submitted: one small blob a task, the judge of who may post.</summary>
    public BlobContainerClient Ledger { get; } = storage.GetBlobContainerClient("darkroom-ledger");

    /// <summary>Which jobs there are, newest first, and requests that must not stand in the durable history.</summary>
    public BlobContainerClient Jobs { get; } = storage.GetBlobContainerClient("darkroom-jobs");

    /// <summary>
    /// Whether a container of the account is ours or the host's, so that nobody who may only send messages has it read out.
    /// </summary>
    public static bool IsInternal(string name) =>
        Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(Ends, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes those of others that are missing.</summary>
    public Task CreateAsync(IEnumerable<string> names, CancellationToken cancellation) =>
        Task.WhenAll(
            names.Where(name => !IsInternal(name)).Select(
                name => storage.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellation)));

    /// <summary>Makes those that are missing.</summary>
    public Task CreateAsync(CancellationToken cancellation) =>
        Task.WhenAll(
            new[] { Pictures, Ledger, Jobs }.Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancellation)));
}
