using Darkroom.Settings;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Functions.Tests.Webhooks;

public sealed class WebhookSecretTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(32)]
    [InlineData(64)]
    public void TryRead_24To64Bytes_IsASecret(int bytes) => Assert.NotNull(WebhookSecret.TryRead(SampleSecrets.Text(bytes)));

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(65)]
    [InlineData(66)]
    [InlineData(1000)]
    public void TryRead_FewerOrMoreBytes_IsNone(int bytes) => Assert.Null(WebhookSecret.TryRead(SampleSecrets.Text(bytes)));

    [Fact]
    public void TryRead_OtherForms_IsNone()
    {
        var text = SampleSecrets.Text(32);
        string?[] others =
        [
            null, "", text["whsec_".Length..], text.ToUpperInvariant(), $"{text}\n", $" {text}", text.TrimEnd('='), text.Replace('=', '-'),
            text.Insert(12, "_"), text.Insert(12, " "), $"{text}{text}", "whsec_geheim", text.Replace("whsec_", "whsk_"),
        ];
        Assert.All(others, other => Assert.Null(WebhookSecret.TryRead(other)));
    }

    [Fact]
    public void ToString_NeverContainsTheSecret() => Assert.Equal("***", $"{SampleSecrets.Of(1)}");

    [Theory]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData(", ")]
    public void Settings_SeveralSecrets_AreRead(string separator) =>
        Assert.Equal(
            [SampleSecrets.Of(1), SampleSecrets.Of(2)],
            Read(("Darkroom:WebhookSecret", $"{SampleSecrets.Text(32, 1)}{separator}{SampleSecrets.Text(32, 2)}")).WebhookSecrets);

    [Fact]
    public void Settings_UnresolvedVaultReference_IsNoSecret() =>
        Assert.Empty(Read(("Darkroom:WebhookSecret", "@Microsoft.KeyVault(VaultName=v;SecretName=webhook-secret)")).WebhookSecrets);

    [Fact]
    public void Settings_InvalidSecret_IsReportedWithoutItsValue()
    {
        var failure = Assert.Throws<InvalidOperationException>(
            () => Read(("Darkroom:WebhookSecret", $"{SampleSecrets.Text(32)} whsec_tooshort")));
        Assert.Contains("Darkroom__WebhookSecret must be", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tooshort", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleSecrets.Text(32), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/8, fd00::/8", 2)]
    [InlineData("127.0.0.1/32", 1)]
    public void Settings_Networks_AreRead(string networks, int count) =>
        Assert.Equal(count, Read(("Darkroom:WebhookAllowedNetworks", networks)).WebhookAllowedNetworks.Count);

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/x")]
    [InlineData("intranet")]
    public void Settings_InvalidNetwork_NamesTheSetting(string networks) => Assert.Contains(
        "Darkroom__WebhookAllowedNetworks",
        Assert.Throws<InvalidOperationException>(() => Read(("Darkroom:WebhookAllowedNetworks", networks))).Message,
        StringComparison.Ordinal);

    internal static DarkroomSettings Read(params (string Name, string Value)[] values) =>
        DarkroomSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.ToDictionary(one => one.Name, one => (string?)one.Value))
                .Build());
}
