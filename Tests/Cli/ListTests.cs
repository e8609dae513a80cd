using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class ListTests : CliTest
{
    [Fact]
    public async Task Names_come_one_a_line()
    {
        await SetAsync("app/b", "x");
        await SetAsync("app/a", "x");
        await SetAsync("other", "x");
        Assert.Equal("app/a\napp/b\n", (await PaxosAsync("list", "app/")).Succeeded().Output);
        Assert.Equal(["other"], (await PaxosAsync("list", "--after", "app/b")).Succeeded().Lines);
    }

    [Fact]
    public async Task All_pages_are_read_and_a_limit_ends_them()
    {
        var names = Enumerable.Range(0, 2345).Select(index => $"app/{index:D4}").ToArray();
        foreach (var name in names)
            await SetAsync(name, "x");
        Assert.Equal(names, (await PaxosAsync("list")).Succeeded().Lines);
        Assert.Equal(names[..1500], (await PaxosAsync("list", "app/", "--limit", "1500")).Succeeded().Lines);
    }

    [Fact]
    public async Task Json_is_one_array()
    {
        await SetAsync("a\"b", "x");
        await SetAsync("c", "x");
        Assert.Equal(["a\"b", "c"], JsonSerializer.Deserialize<string[]>((await PaxosAsync("list", "--json")).Succeeded().Output)!);
        Assert.Empty(JsonSerializer.Deserialize<string[]>((await PaxosAsync("list", "none/", "--json")).Succeeded().Output)!);
    }

    [Theory]
    [InlineData("a?", "'?'")]
    [InlineData("a?/", "'?'")]
    [InlineData("!a/", "'!'")]
    [InlineData("a//", "empty segment")]
    [InlineData("a//b", "empty segment")]
    [InlineData("//", "empty segment")]
    [InlineData("/", "starts or ends with '/'")]
    [InlineData("/a", "starts or ends with '/'")]
    public async Task A_bad_prefix_is_exit_2_with_the_rule_that_it_breaks(string prefix, string rule) =>
        (await PaxosAsync("list", prefix)).Failed(ExitCode.BadArgument, "No register's name starts with this prefix", rule);

    [Fact]
    public async Task A_prefix_over_the_limit_names_its_own_size() =>
        (await PaxosAsync("list", new string('a', 300) + "/")).Failed(ExitCode.BadArgument, "301 bytes", "256");

    [Fact]
    public async Task Values_AreOneRegisterALine()
    {
        await SetAsync("app/a", "x");
        await SetAsync("app/a", "two\nlines");
        await SetAsync("app/b", "y");
        Assert.Equal("app/a\t2\t\"two\\nlines\"\napp/b\t1\ty\n", (await PaxosAsync("list", "app/", "--values")).Succeeded().Output);
    }

    [Fact]
    public async Task ValuesOnATerminal_AreATable()
    {
        await SetAsync("app/a", "x");
        var lines = (await new CliRun { Terminal = true }.RunAsync("list", "--values", "--url", Url)).Succeeded().Lines;
        Assert.Contains(lines, line => line.Contains("name") && line.Contains("version") && line.Contains("value"));
        Assert.Contains(lines, line => line.Contains("app/a") && line.Contains('1') && line.Contains('x'));
    }

    [Fact]
    public async Task ValuesAsJson_AreTheEnvelopesOfAllPages()
    {
        var names = Enumerable.Range(0, 1234).Select(index => $"app/{index:D4}").ToArray();
        foreach (var name in names)
            await SetAsync(name, $"of {name}");
        var envelopes = JsonDocument.Parse((await PaxosAsync("list", "--values", "--json")).Succeeded().Output).RootElement.EnumerateArray();
        Assert.Equal(
            names.Select(name => (name, 1L, $"of {name}")),
            envelopes.Select(each => (each.GetProperty("name").GetString()!, each.GetProperty("version").GetInt64(), each.GetProperty("value").GetString()!)));
        Assert.Equal("[]\n", (await PaxosAsync("list", "none/", "--values", "--json")).Succeeded().Output);
    }
}
