using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

public sealed class CommandLineTests
{
    [Fact]
    public void Options_become_settings_in_both_forms()
    {
        var settings = SiloCommandLine.Read(["--data", "/tmp/x y", "--url=http://127.0.0.1:1", "--acceptors", "5"]);
        Assert.Equal(("/tmp/x y", "http://127.0.0.1:1", "5"), (settings["Paxos:Data"], settings["Paxos:Url"], settings["Paxos:Acceptors"]));
    }

    [Theory]
    [InlineData("--nothing", "'--nothing'")]
    [InlineData("stray", "'stray'")]
    [InlineData("--data", "needs a value")]
    [InlineData("--data --url http://x:1", "--data needs a value")]
    [InlineData("--data a --data b", "twice")]
    public void A_mistake_is_named(string line, string expected)
    {
        var exception = Assert.Throws<SettingsException>(() => SiloCommandLine.Read(line.Split(' ')));
        Assert.Contains(expected, exception.Message);
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        var exception = Assert.Throws<SettingsException>(() => SiloCommandLine.Read(["--one", "--two", "--data"]));
        Assert.Equal(3, exception.Mistakes.Count);
    }

    [Fact]
    public void The_value_of_an_option_that_does_not_exist_is_not_repeated()
    {
        var exception = Assert.Throws<SettingsException>(() => SiloCommandLine.Read(["--key", "secret", "--data", "x", "--password=secret"]));
        Assert.Equal(2, exception.Mistakes.Count);
        Assert.DoesNotContain("secret", exception.Message);
    }

    [Fact]
    public void Every_option_is_in_the_help()
    {
        foreach (var option in new[] { "--data", "--url", "--acceptors", "--silo", "--acceptor-set", "--silo-port", "--gateway-port", "--membership", "--secrets" })
        {
            Assert.Contains(option + " ", SiloCommandLine.Help);
            Assert.Single(SiloCommandLine.Read([option, "x"]));
        }
    }
}
