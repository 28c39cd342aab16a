namespace Darkroom.Durable;

/// <summary>The version of the workflows in this build. <c>defaultVersion</c> in host.json is the same: new instances get it.</summary>
public static class WorkflowVersion
{
    /// <summary>The current version. It grows when a workflow changes in a way that a replay of an older history would notice.</summary>
    public const string Current = "1";
}
