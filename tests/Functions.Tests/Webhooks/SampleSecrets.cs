using Darkroom.Settings;

namespace Darkroom.Functions.Tests.Webhooks;

/// <summary>Valid secrets, made at run time so that no scanner takes the tests for a leak.</summary>
internal static class SampleSecrets
{
    public static string Text(int bytes, byte value = 7) => $"whsec_{Convert.ToBase64String(Enumerable.Repeat(value, bytes).ToArray())}";

    public static WebhookSecret Of(byte value) => WebhookSecret.TryRead(Text(32, value))!;
}
