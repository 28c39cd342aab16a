using Darkroom.LocalHost.Hosting;

namespace Darkroom.LocalHost.Tests.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_options_the_standard_holds()
    {
        var line = CommandLine.Parse([]);
        Assert.Null(line.Port);
        Assert.Equal(Path.Combine(".darkroom", "state"), line.StateDirectory);
        Assert.False(line.RequireKey);
        Assert.Equal(7071, new Launch { CommandLine = line, Local = LocalSettings.None, Host = new HostSettings() }.Port);
    }

    [Fact]
    public void Options_take_their_value_after_a_space_or_an_equals_sign()
    {
        var line = CommandLine.Parse(["--port", "8080", "--state=here", "--require-key", "--Darkroom:Slots=2", "--verbose"]);
        Assert.Equal((8080, "here", true), (line.Port, line.StateDirectory, line.RequireKey));
        Assert.Equal(["--Darkroom:Slots=2", "--verbose"], line.Rest);
    }

    [Fact]
    public void The_port_of_the_command_line_goes_before_that_of_the_settings()
    {
        var settings = new LocalSettings { Port = 7072 };
        Assert.Equal(7072, new Launch { CommandLine = CommandLine.Parse([]), Local = settings, Host = new HostSettings() }.Port);
        Assert.Equal(1, new Launch { CommandLine = CommandLine.Parse(["--port=1"]), Local = settings, Host = new HostSettings() }.Port);
    }

    [Theory]
    [InlineData("--port needs a value.", "--port")]
    [InlineData("--port needs a value.", "--port", "--require-key")]
    [InlineData("--port needs a number from 0 to 65535, not 'seven'.", "--port", "seven")]
    [InlineData("--port needs a number from 0 to 65535, not '65536'.", "--port=65536")]
    [InlineData("--port needs a number from 0 to 65535, not '-1'.", "--port=-1")]
    [InlineData("--state needs a directory.", "--state=")]
    [InlineData("--require-key is a switch: it takes true, false or no value, not 'perhaps'.", "--require-key=perhaps")]
    public void What_cannot_be_is_said(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<StartException>(() => CommandLine.Parse(arguments)).Message);
}
