using System.Text;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>The command line with a silo that requires keys.</summary>
public sealed class KeyTests : CliTest, IDisposable
{
    private const string Writer = "writer-key-0123456789";
    private const string Reader = "reader-key-0123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public KeyTests() => Host.Options.Keys = new HttpKeys([Writer], [Reader]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("status")]
    [InlineData("list")]
    [InlineData("get a")]
    [InlineData("set a x")]
    [InlineData("cas a 1 x")]
    [InlineData("decide b x")]
    [InlineData("delete a")]
    [InlineData("history a")]
    [InlineData("import FILE")]
    [InlineData("export")]
    [InlineData("bench --scenario read-stale --clients 1 --seconds 1 --registers 1")]
    public async Task Every_command_sends_the_key_of_the_environment(string line)
    {
        await SetAsync("a", "1");
        var file = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(file, "{\"c\":1}");
        var arguments = line.Replace("FILE", file).Split(' ');
        (await WithKeyAsync(Writer, arguments)).Succeeded();
        (await PaxosAsync(arguments)).Failed(ExitCode.BadArgument, "answers to those who have a key", "PAXOS_KEY", "--key-file");
    }

    [Fact]
    public async Task A_watch_sends_it_too_and_ends_without_it()
    {
        await SetAsync("a", "1");
        await using var watch = new WatchRun(new() { ["PAXOS_URL"] = Url, ["PAXOS_KEY"] = Reader }, "watch", "a");
        Assert.Equal(["1", "1"], await watch.RowAsync());
        (await PaxosAsync("watch", "a")).Failed(ExitCode.BadArgument, "PAXOS_KEY");
    }

    [Fact]
    public async Task The_key_of_a_file_wins_and_white_space_around_it_does_not_count()
    {
        var file = await FileAsync($"\n {Writer} \r\n");
        (await WithKeyAsync("another-key-0123456789", "set", "a", "x", "--key-file", file)).Succeeded();
        Assert.Equal("x", await ValueAsync("a"));
    }

    [Fact]
    public async Task A_key_that_may_only_read_is_told_so_and_nothing_is_written()
    {
        await SetAsync("a", "1");
        (await WithKeyAsync(Reader, "get", "a")).Succeeded();
        (await WithKeyAsync(Reader, "set", "a", "x")).Failed(ExitCode.BadArgument, "for reading only", "read-write key", "PAXOS_KEY");
        Assert.Equal("1", await ValueAsync("a"));
    }

    [Fact]
    public async Task A_key_that_is_none_of_the_silos_is_told_so_and_not_repeated()
    {
        var result = (await WithKeyAsync("another-key-0123456789", "get", "a")).Failed(ExitCode.BadArgument, "none of this silo's", "PAXOS_KEY");
        Assert.DoesNotContain("another-key", result.Error);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nline")]
    [InlineData("schlüssel-0123456789")]
    [InlineData(" ")]
    public async Task What_cannot_be_a_key_is_not_sent_and_not_repeated(string key)
    {
        var result = (await WithKeyAsync(key, "get", "a")).Failed(ExitCode.BadArgument, "What is in PAXOS_KEY is no key");
        Assert.True(key == " " || !result.Error.Contains(key));
        var file = await FileAsync(key);
        (await PaxosAsync("get", "a", "--key-file", file)).Failed(ExitCode.BadArgument, $"What is in '{file}' is no key");
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/no/such/file")]
    public async Task A_key_file_that_cannot_be_read_is_named(string file) =>
        (await PaxosAsync("get", "a", "--key-file", file)).Failed(ExitCode.BadArgument, $"The key file '{file}' cannot be read", "PAXOS_KEY");

    [Fact]
    public async Task A_folder_as_key_file_is_told_so() =>
        (await PaxosAsync("get", "a", "--key-file", "/")).Failed(ExitCode.BadArgument, "'/' is a folder", "--key-file");

    [Fact]
    public async Task An_empty_variable_is_no_key()
    {
        Host.Options.Keys = HttpKeys.None;
        (await WithKeyAsync("", "list")).Succeeded();
    }

    [Theory]
    [InlineData("http://192.0.2.1:8080", false)]
    [InlineData("http://example.org", false)]
    [InlineData("http://192.0.2.1:8080", true, "--plain-http")]
    [InlineData("http://127.0.0.1:1", false, "--url", "http://192.0.2.1:8080")]
    [InlineData("https://example.org", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://[::1]:1", true)]
    public async Task A_key_goes_to_another_machine_in_plain_text_only_when_told_to(string url, bool isSent, params string[] options)
    {
        ConnectionTarget? target = null;
        var run = new CliRun
        {
            Environment = new() { ["PAXOS_KEY"] = Writer },
            Connect = (asked, _, _) =>
            {
                target = asked;
                throw new OperationCanceledException();
            },
        };
        var result = await run.RunAsync(["get", "a", "--url", url, .. options]);
        Assert.Equal(isSent, target?.Key is not null);
        if (!isSent)
            result.Failed(ExitCode.BadArgument, "plain text", "Nothing was sent", "https://", "--plain-http");
        Assert.DoesNotContain(Writer, $"{target} {result.Error}");
    }

    [Fact]
    public async Task Without_a_key_plain_text_is_no_matter()
    {
        var isAsked = false;
        var run = new CliRun
        {
            Connect = (_, _, _) =>
            {
                isAsked = true;
                throw new OperationCanceledException();
            },
        };
        await run.RunAsync("get", "a", "--url", "http://192.0.2.1:8080");
        Assert.True(isAsked);
    }

    [Fact]
    public async Task A_gateway_takes_no_key()
    {
        (await PaxosAsync("get", "a", "--gateway", "127.0.0.1:1", "--key-file", await FileAsync(Writer))).Failed(ExitCode.BadArgument, "an Orleans gateway takes no key");
        ConnectionTarget? target = null;
        var run = new CliRun
        {
            Environment = new() { ["PAXOS_KEY"] = Writer },
            Connect = (asked, _, _) =>
            {
                target = asked;
                throw new OperationCanceledException();
            },
        };
        await run.RunAsync("get", "a", "--gateway", "127.0.0.1:1");
        Assert.Null(target!.Key);
    }

    [Fact]
    public async Task No_option_takes_the_key_itself_and_the_help_says_why()
    {
        var help = (await new CliRun().RunAsync("--help")).Succeeded().Output;
        Assert.Contains("PAXOS_KEY", help);
        Assert.Contains("other users of the machine see the command line", help);
        var result = (await PaxosAsync("get", "a", "--key", Writer)).Failed(ExitCode.BadArgument, "--key is not an option");
        Assert.DoesNotContain(Writer, result.Error);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_so()
    {
        using var certificate = Paxos.Tests.Silo.TestCertificate.Create(_folder, "password");
        await using var server = await ScriptedServer.StartAsync(_ => Task.CompletedTask, certificate.Path, "password");
        (await WithKeyAsync(Writer, "get", "a", "--url", server.Url)).Failed(ExitCode.Unavailable, "cannot be trusted", "SSL_CERT_FILE");
    }

    [Fact]
    public async Task Https_to_a_port_that_serves_http_is_told_so_and_not_taken_for_a_matter_of_trust()
    {
        var result = await PaxosAsync("get", "a", "--url", Url.Replace("http://", "https://"));
        result.Failed(ExitCode.Unavailable, "does not speak https", "give the address with http://");
        Assert.DoesNotContain("trust", result.Error);
    }

    private Task<CliResult> WithKeyAsync(string key, params string[] arguments) =>
        new CliRun { Environment = new() { ["PAXOS_URL"] = Url, ["PAXOS_KEY"] = key } }.RunAsync(arguments);

    private async Task<string> FileAsync(string content)
    {
        var path = Path.Combine(_folder, "key");
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(content));
        return path;
    }
}
