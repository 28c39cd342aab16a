using System.Net;
using Azure;

namespace Darkroom.Storage;

/// <summary>The refusals of storage that a caller expects: what it asked for is missing, or another writer was first.</summary>
internal static class StorageConflicts
{
    extension(RequestFailedException failure)
    {
        /// <summary>What was asked for does not exist.</summary>
        public bool IsNotFound => failure.Status == (int)HttpStatusCode.NotFound;

        /// <summary>A condition was not met, because another writer was first.</summary>
        public bool IsConflict => failure.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed;
    }
}
