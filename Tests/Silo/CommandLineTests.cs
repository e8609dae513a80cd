using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Tests.Silo;

public sealed class CommandLineTests
{
    [Fact]
    public void Options_become_settings_in_both_forms()
    {
        var settings = SiloCommandLine.Parse("--data", "/tmp/x y", "--url=http://127.0.0.1:1", "--acceptors", "5").Settings;
        Assert.Equal(("/tmp/x y", "http://127.0.0.1:1", "5"), (settings["Paxos:Data"], settings["Paxos:Url"], settings["Paxos:Acceptors"]));
        Assert.Equal(3, settings.Count);
    }

    [Theory]
    [InlineData("--nothing", "'--nothing'")]
    [InlineData("stray", "'stray'")]
    [InlineData("--data x stray", "'stray'")]
    [InlineData("--data", "The option --data needs a value.")]
    [InlineData("--data --url http://x:1", "The option --data needs a value.")]
    [InlineData("--processes", "The option --processes needs a value.")]
    [InlineData("--data a --data b", "'--data' expects a single argument but 2 were provided")]
    [InlineData("@file", "'@file'")]
    [InlineData("--processes 0", "--processes takes a whole number from 1 to 15.")]
    [InlineData("--processes 16", "--processes takes a whole number from 1 to 15.")]
    [InlineData("--processes three", "--processes takes a whole number from 1 to 15.")]
    [InlineData("--processes 3 --silo a1", "--silo does not go with --processes")]
    [InlineData("--processes 3 --acceptors 3", "--acceptors does not go with --processes")]
    [InlineData("--processes 3 --healthcheck", "--healthcheck does not go with --processes")]
    public void A_mistake_is_named(string line, string expected)
    {
        var exception = Assert.Throws<SettingsException>(() => SiloCommandLine.Parse(line.Split(' ')).Settings);
        Assert.Contains(expected, Assert.Single(exception.Mistakes));
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        var exception = Assert.Throws<SettingsException>(() => SiloCommandLine.Parse("--one", "--two", "--data").Settings);
        Assert.Equal(3, exception.Mistakes.Count);
    }

    [Fact]
    public void The_value_of_an_option_that_does_not_exist_is_not_repeated()
    {
        var exception = Assert.Throws<SettingsException>(() => SiloCommandLine.Parse("--key", "secret", "--data", "x", "--password=secret").Settings);
        Assert.Equal(2, exception.Mistakes.Count);
        Assert.DoesNotContain("secret", exception.Message);
    }

    [Fact]
    public void Processes_go_with_data_and_url()
    {
        var commandLine = SiloCommandLine.Parse("--processes", "15", "--data", "x", "--url=http://127.0.0.1:1");
        Assert.Equal((15, 2), (commandLine.Processes, commandLine.Settings.Count));
        Assert.Null(SiloCommandLine.Parse("--data", "x").Processes);
    }

    [Theory]
    [InlineData("--help"), InlineData("-h"), InlineData("--help --nothing"), InlineData("--version")]
    public void A_text_is_printed_whatever_else_stands_there(string line) => Assert.True(SiloCommandLine.Parse(line.Split(' ')).AsksForText);

    [Fact]
    public void Every_option_is_in_the_help()
    {
        using var help = new StringWriter();
        SiloCommandLine.Parse("--help").PrintText(help);
        Assert.Contains("--healthcheck ", $"{help}");
        Assert.Contains("--processes ", $"{help}");
        foreach (var option in new[] { "--data", "--url", "--acceptors", "--silo", "--acceptor-set", "--silo-port", "--gateway-port", "--membership", "--secrets" })
        {
            Assert.Contains(option + " <", $"{help}");
            Assert.Single(SiloCommandLine.Parse(option, "x").Settings);
        }
    }
}
