namespace Darkroom.LocalHost.Client;

/// <summary>What the client takes from host.json.</summary>
internal sealed record ClientSettings(string TaskHub, string DefaultVersion);
