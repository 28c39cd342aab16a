using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Engine;

/// <summary>All there is of an instance, for those who may see it.</summary>
internal interface IHistoryReader
{
    /// <summary>Null when there is no such instance.</summary>
    InstanceSnapshot? Read(string instanceId);
}
