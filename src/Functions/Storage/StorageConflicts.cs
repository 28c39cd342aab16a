using System.Net;
using Azure;

namespace Darkroom.Storage;

/// <summary>The storage errors that a caller may expect: the blob or queue is missing, or another writer was first.</summary>
internal static class StorageConflicts
{
    extension(RequestFailedException failure)
    {
        public bool IsNotFound => failure.Status == (int)HttpStatusCode.NotFound;

        /// <summary>A condition was not met, because another writer was first.</summary>
        public bool IsConflict => failure.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed;
    }
}
