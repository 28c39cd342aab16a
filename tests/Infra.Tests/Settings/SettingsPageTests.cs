namespace Darkroom.Infra.Tests.Settings;

public sealed class SettingsPageTests
{
    [Fact]
    public void Read_Table_GivesNamesAndWhetherThereIsADefault()
    {
        const string page =
            "# Settings\n\n| name | type | default | meaning |\n|---|---|---|---|\n| `A` | text | – | One \\| two. |\n| `B__C` | number "
                + "| `2` | Three. |\n| `D` | text |  | Four. |\n";

        Assert.Equal([new ReadSetting("A", false), new ReadSetting("B__C", true), new ReadSetting("D", false)], SettingsPage.Read(page));
    }
}
