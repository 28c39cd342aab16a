namespace Darkroom.Storage;

/// <summary>A part of the storage account that must exist before the app can use it: containers, queues or a table.</summary>
public interface IStoragePart
{
    /// <summary>Creates it if it is missing.</summary>
    Task CreateAsync(CancellationToken cancellation);
}
