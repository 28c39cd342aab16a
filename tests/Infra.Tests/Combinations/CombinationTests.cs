using Darkroom.Infra.Tests.Compiler;
using Darkroom.TestKit;
using static Darkroom.Infra.Tests.Combinations.Prediction;

namespace Darkroom.Infra.Tests.Combinations;

/// <summary>
/// What infra/main.bicep deploys with its switches on and off. <c>DARKROOM_BICEP=whole</c> checks all 1,024 combinations, otherwise those
/// of the switches that add or remove resources.
/// </summary>
public sealed class CombinationTests(BicepServer bicep) : IClassFixture<BicepServer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkroom-bicep-");

    private static IEnumerable<Switches> Chosen =>
        Environment.GetEnvironmentVariable("DARKROOM_BICEP") == "whole" ? Switches.All() : Switches.Some();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Some_EachSwitch_MeetsEachOfTheFirstFiveInBothStates()
    {
        var some = Switches.Some().ToList();
        Func<Switches, bool>[] structure = [
            one => one.IsPrivate, one => one.HasScheduler, one => one.HasSignIn, one => one.HasZones, one => one.ScalesToZero];
        Func<Switches, bool>[] others = [
            one => one.HasAddress, one => one.IsLocked, one => one.IsTrial, one => one.IsDryRun, one => one.IsMore];

        Assert.All(structure, first => Assert.All(others, second =>
            Assert.Equal(4, some.Select(one => (first(one), second(one))).Distinct().Count())));
    }

    [Fact]
    public async Task Deployment_EachCombination_HasTheRightResources()
    {
        var main = Path.Combine(Repository.Root, "infra", "main.bicep");
        var file = Path.Combine(_folder.FullName, "main.bicepparam");
        var checkedOnes = 0;
        foreach (var switches in Chosen)
        {
            await File.WriteAllTextAsync(file, switches.Parameters(Path.GetRelativePath(_folder.FullName, main).Replace('\\', '/')));
            var prediction = new Prediction(await bicep.PredictAsync(file));
            try
            {
                CheckAll(switches, prediction);
            }
            catch (Xunit.Sdk.XunitException wrong)
            {
                throw new Xunit.Sdk.XunitException($"{switches}: {wrong.Message}", wrong);
            }

            checkedOnes++;
        }

        Assert.True(checkedOnes is Switches.Count or 32, $"{checkedOnes} combinations");
    }

    private static void CheckAll(Switches switches, Prediction prediction)
    {
        Assert.Empty(prediction.Diagnostics);
        CheckNames(prediction);
        ExpectedNetwork.Check(switches, prediction);
        ExpectedData.CheckStorage(switches, prediction);
        ExpectedData.CheckVault(switches, prediction);
        ExpectedApp.CheckApp(switches, prediction);
        ExpectedApp.CheckSettings(switches, prediction);
        ExpectedApp.CheckSignIn(switches, prediction);
        ExpectedRoles.Check(switches, prediction);
        ExpectedAlerts.Check(switches, prediction);
    }

    private static void CheckNames(Prediction prediction)
    {
        Assert.Equal(prediction.Resources.Count, prediction.Resources.Select(resource => TextOf(resource, "id")).Distinct().Count());
        Assert.Matches("^[a-z0-9]{3,24}$", TextOf(prediction.Only("Microsoft.Storage/storageAccounts"), "name"));
        Assert.Matches("^[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$", TextOf(prediction.Only("Microsoft.KeyVault/vaults"), "name"));
        Assert.Matches("^[a-z0-9-]{2,60}$", TextOf(prediction.Only("Microsoft.Web/sites"), "name"));
    }
}
