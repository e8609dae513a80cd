using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class ParseTests
{
    [Theory]
    [InlineData("", "There is no command", "paxos --help")]
    [InlineData("gte a", "'gte' is not a command", "Did you mean 'get'?")]
    [InlineData("xyzzy", "'xyzzy' is not a command", "paxos --help")]
    [InlineData("--foo", "--foo is not an option")]
    [InlineData("get", "NAME", "paxos get --help")]
    [InlineData("get a b", "'b'", "paxos get --help")]
    [InlineData("get a --jsn", "--jsn is not an option", "Did you mean '--json'?")]
    [InlineData("get --row", "--row is not an option", "Did you mean '--raw'?")]
    [InlineData("set a", "There is no value")]
    [InlineData("set a --flase", "--flase is not an option", "after '--'")]
    [InlineData("set a x --file f", "VALUE and --file exclude each other")]
    [InlineData("set a x --request-id 7", "'7' is not a request id")]
    [InlineData("set a x --request-id 00000000-0000-0000-0000-000000000000", "is not a request id")]
    [InlineData("set a x --floor 3", "--request-id")]
    [InlineData("cas a b c", "VERSION takes a whole number, 0 or more, not 'b'")]
    [InlineData("cas a -1 c", "VERSION takes a whole number")]
    [InlineData("cas a 1", "There is no value")]
    [InlineData("delete a --version 0", "--version takes a whole number, 1 or more")]
    [InlineData("list --limit 0", "--limit takes a whole number")]
    [InlineData("list --limit 99999999999999999999", "--limit takes a whole number")]
    [InlineData("watch a --after x", "--after takes a version, 0 or more")]
    [InlineData("watch a --after 7-x", "--after takes a version, 0 or more")]
    [InlineData("get a --url localhost:8080", "'localhost:8080' is not an address such as")]
    [InlineData("get a --url ftp://host", "'ftp://host' is not an address")]
    [InlineData("get a --url http://a --url b", "'b' is not an address such as")]
    [InlineData("get a --url http://a --gateway b:1", "exclude each other")]
    [InlineData("get a --timeout 0", "'0' is not a number of seconds")]
    [InlineData("get a --timeout 1e9", "is not a number of seconds")]
    [InlineData("lock", "NAME", "paxos lock --help")]
    [InlineData("lock a", "COMMAND")]
    [InlineData("lock a --ttl 0 -- x", "--ttl takes a number from 1 to 86400, not '0'")]
    [InlineData("lock a --wait -1 -- x", "--wait")]
    [InlineData("lock a ls --all", "--all is not an option of paxos lock", "after '--'")]
    [InlineData("elect a", "There is no value", "--observe")]
    [InlineData("elect a b --observe", "VALUE and --observe exclude each other")]
    [InlineData("session", "command", "paxos session --help")]
    [InlineData("session end x", "'x' is not the id of a session", "paxos session end --help")]
    [InlineData("import", "FILE")]
    [InlineData("import f --parallel 0", "--parallel takes a whole number, from 1 to 256")]
    public async Task A_wrong_command_line_is_one_clear_line_and_exit_2(string line, params string[] words)
    {
        var result = await new CliRun().RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        result.Failed(ExitCode.BadArgument, words);
        Assert.Equal(1, result.Error.Count(character => character == '\n'));
        Assert.Empty(result.Bytes);
    }

    [Fact]
    public async Task A_bad_url_in_the_environment_is_named_as_such()
    {
        var run = new CliRun { Environment = new() { ["PAXOS_URL"] = "nowhere" } };
        (await run.RunAsync("get", "a")).Failed(ExitCode.BadArgument, "'nowhere'", "PAXOS_URL");
    }

    [Fact]
    public async Task The_url_of_the_command_line_wins_over_the_environment()
    {
        ConnectionTarget? target = null;
        var run = new CliRun
        {
            Environment = new() { ["PAXOS_URL"] = "nowhere" },
            Connect = (asked, _, _) =>
            {
                target = asked;
                throw new OperationCanceledException();
            },
        };
        await run.RunAsync("get", "a", "--url", "https://example.org:1234", "--timeout", "2.5");
        Assert.Equal("https://example.org:1234/", target!.Urls.Single().ToString());
        Assert.Equal(2.5, target.Timeout.TotalSeconds);
    }

    [Theory]
    [InlineData(null, "--url", "http://h1:1", "--url", "https://h2:2", "--url", "http://h1:1")]
    [InlineData("http://h1:1, https://h2:2")]
    public async Task Several_urls_are_asked_in_their_order(string? variable, params string[] options)
    {
        ConnectionTarget? target = null;
        var run = new CliRun
        {
            Environment = variable is null ? [] : new() { ["PAXOS_URL"] = variable },
            Connect = (asked, _, _) =>
            {
                target = asked;
                throw new OperationCanceledException();
            },
        };
        await run.RunAsync(["get", "a", .. options]);
        Assert.Equal(["http://h1:1/", "https://h2:2/"], target!.Urls.Select(url => url.ToString()));
    }

    [Fact]
    public async Task Gateways_are_repeated()
    {
        ConnectionTarget? target = null;
        var run = new CliRun
        {
            Connect = (asked, _, _) =>
            {
                target = asked;
                throw new OperationCanceledException();
            },
        };
        await run.RunAsync("get", "a", "--gateway", "h1:30000", "--gateway", "h2:30000", "--cluster-id", "c", "--service-id", "s");
        Assert.Equal(["h1:30000", "h2:30000"], target!.Gateways);
        Assert.Equal(("c", "s"), (target.ClusterId, target.ServiceId));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("set")]
    [InlineData("cas")]
    [InlineData("decide")]
    [InlineData("delete")]
    [InlineData("list")]
    [InlineData("history")]
    [InlineData("watch")]
    [InlineData("import")]
    [InlineData("export")]
    [InlineData("status")]
    public async Task Every_command_has_help_with_examples(string command)
    {
        var result = (await new CliRun().RunAsync(command, "--help")).Succeeded();
        Assert.Contains("Examples:", result.Output);
        Assert.Contains($"paxos {command}", result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task The_programs_help_lists_the_exit_codes() =>
        Assert.Contains("Exit codes", (await new CliRun().RunAsync("--help")).Succeeded().Output);
}
