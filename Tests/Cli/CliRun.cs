using System.Text;
using Orleans.Paxos.Cli;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Output;
using Orleans.Paxos.Tests.Http;
using ExitCodes = Orleans.Paxos.Cli.Errors.ExitCode;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>One run of the command line in this process. Everything except the console is as in production.</summary>
internal sealed class CliRun
{
    /// <summary>The text on standard input.</summary>
    public byte[] Input { get; init; } = [];

    public bool Terminal { get; init; }

    public int Width { get; init; } = 200;

    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>A way to connect that replaces the one on the command line.</summary>
    public Connect Connect { get; init; } = Connections.OpenAsync;

    public CancellationToken Interrupt { get; init; } = TestContext.Current.CancellationToken;

    public async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exitCode = await RunAsync(output, error, arguments);
        return new CliResult(exitCode, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }

    public Task<int> RunAsync(Stream output, Stream error, params string[] arguments)
    {
        var traits = ConsoleTraits.Detect(Terminal, Terminal, Terminal, Width, Variable);
        var console = new CliConsole(new MemoryStream(Input), output, error, traits);
        return new PaxosCommandLine(console, Variable, Connect).RunAsync(arguments, Interrupt);
    }

    private string? Variable(string name) => Environment.GetValueOrDefault(name);
}

/// <summary>The result of a run.</summary>
internal sealed record CliResult(int ExitCode, byte[] Bytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Checks that an error has one or two lines and no stack trace.</summary>
    public CliResult Failed(int exitCode, params string[] words)
    {
        Assert.Equal(exitCode, ExitCode);
        var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 1, 2);
        Assert.All(lines, line => Assert.StartsWith("paxos: ", line));
        Assert.DoesNotContain("   at ", Error);
        Assert.All(words, word => Assert.Contains(word, Error));
        return this;
    }

    public CliResult Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(ExitCodes.Ok, ExitCode);
        return this;
    }
}

/// <summary>Runs commands against the silo's HTTP interface in front of registers in memory.</summary>
public abstract class CliTest : IAsyncLifetime
{
    internal HttpHost Host { get; } = new();

    internal FakeRegisterClient Registers => Host.Registers;

    internal string Url => Host.Client.BaseAddress!.ToString();

    public ValueTask InitializeAsync()
    {
        Host.Options.MaxValueBytes = 262_144;
        return Host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal Task<CliResult> PaxosAsync(params string[] arguments) => PaxosAsync(new CliRun { Environment = AtHost }, arguments);

    internal Task<CliResult> OnTerminalAsync(params string[] arguments) =>
        PaxosAsync(new CliRun { Environment = AtHost, Terminal = true }, arguments);

    internal Task<CliResult> WithInputAsync(byte[] input, params string[] arguments) =>
        PaxosAsync(new CliRun { Environment = AtHost, Input = input }, arguments);

    internal Dictionary<string, string> AtHost => new() { ["PAXOS_URL"] = Url };

    internal async Task SetAsync(string name, params string[] values)
    {
        foreach (var value in values)
            await Registers.ChangeAsync(name, Change.Set(Encoding.UTF8.GetBytes(value)));
    }

    internal async Task<string?> ValueAsync(string name) =>
        await Registers.ReadAsync(name) is { Deleted: false } entry ? Encoding.UTF8.GetString(entry.Value) : null;

    private static Task<CliResult> PaxosAsync(CliRun run, string[] arguments) => run.RunAsync(arguments);
}
