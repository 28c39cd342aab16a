namespace Darkroom.Infra.Tests.Combinations;

/// <summary>A combination of the switches of infra/main.bicep: each is off (the default) or on.</summary>
public sealed record Switches
{
    /// <summary>The number of combinations.</summary>
    public const int Count = 1 << 10;

    private readonly int _bits;

    private Switches(int bits) => _bits = bits;

    public bool IsPrivate => IsOn(0);

    public bool HasScheduler => IsOn(1);

    public bool HasSignIn => IsOn(2);

    public bool HasZones => IsOn(3);

    public bool ScalesToZero => IsOn(4);

    public bool HasAddress => IsOn(5);

    public bool IsLocked => IsOn(6);

    public bool IsTrial => IsOn(7);

    public bool IsDryRun => IsOn(8);

    public bool IsMore => IsOn(9);

    /// <summary>
    /// The first five switches add or remove resources: all their combinations are here. The others follow from a hash of these, so that
    /// each meets each of the five in both states.
    /// </summary>
    public static IEnumerable<Switches> Some() =>
        Enumerable.Range(0, 1 << 5).Select(bits => new Switches(bits | ((bits * 37 ^ bits >> 1) & 0x1f) << 5));

    public static IEnumerable<Switches> All() => Enumerable.Range(0, Count).Select(bits => new Switches(bits));

    /// <summary>The parameter file of this combination.</summary>
    public string Parameters(string main)
    {
        string[] lines =
        [
            $"using '{main}'",
            "param environmentName = 'trial'",
            "param location = 'swedencentral'",
            "param deployerId = '00000000-0000-0000-0000-00000000000d'",
            .. Given(IsPrivate, "param privateNetwork = true"),
            .. Given(HasScheduler, "param engine = 'DurableTaskScheduler'"),
            .. Given(HasSignIn, "param signInClientId = '00000000-0000-0000-0000-00000000000c'"),
            .. Given(HasZones, "param zoneRedundant = true"),
            .. Given(ScalesToZero, "param alwaysReady = 0"),
            .. Given(HasAddress, "param allowedAddresses = '203.0.113.7/32, 198.51.100.0/24'"),
            .. Given(IsLocked, "param lockStorage = true"),
            .. Given(IsTrial, "param purgeProtection = false"),
            .. Given(IsDryRun, "param retentionDryRun = true"),
            .. Given(
                IsMore,
                "param alertAddress = 'ops@example.org'",
                "param signInApplications = '00000000-0000-0000-0000-0000000000a1, 00000000-0000-0000-0000-0000000000a2'",
                "param storageRedundancy = 'Standard_GRS'",
                "param moreSettings = { Darkroom__Slots: '9', Darkroom__WebOrigins: 'https://example.org' }"),
        ];
        return string.Join('\n', lines) + "\n";
    }

    public override string ToString()
    {
        string[] on =
        [
            .. Given(IsPrivate, "private"), .. Given(HasScheduler, "scheduler"), .. Given(HasSignIn, "sign-in"),
            .. Given(HasZones, "zones"), .. Given(ScalesToZero, "scales to zero"), .. Given(HasAddress, "address"),
            .. Given(IsLocked, "locked"),
            .. Given(IsTrial, "trial"), .. Given(IsDryRun, "dry run"), .. Given(IsMore, "more"),
        ];
        return on.Length == 0 ? "defaults" : string.Join(", ", on);
    }

    private bool IsOn(int bit) => (_bits >> bit & 1) == 1;

    private static string[] Given(bool isOn, params string[] lines) => isOn ? lines : [];
}
