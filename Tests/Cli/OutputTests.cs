using System.Text.Json;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Tests.Cli;

public sealed class OutputTests : CliTest
{
    private const char Escape = '\u001b';

    [Fact]
    public async Task History_is_a_table_on_a_terminal_and_lines_in_a_pipe()
    {
        await SetAsync("a", "one", "two\nlines");
        await Registers.ChangeAsync("a", Change.Delete());
        await Registers.ChangeAsync("a", Change.Set([255]));

        var lines = (await PaxosAsync("history", "a")).Succeeded().Lines.Select(line => line.Split('\t')).ToArray();
        Assert.Equal(["1", "2", "3", "4"], lines.Select(cells => cells[0]));
        Assert.Equal(["one", "\"two\\nlines\"", "(deleted)", "(binary, 1 bytes)"], lines.Select(cells => cells[3]));
        Assert.All(lines, cells => Assert.True(Guid.TryParse(cells[2], out _)));

        var table = (await OnTerminalAsync("history", "a")).Succeeded().Output;
        Assert.Contains("│", table);
        Assert.Contains("version", table);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(119)]
    [InlineData(120)]
    public async Task A_history_on_a_narrow_terminal_has_a_line_a_version(int width)
    {
        await SetAsync("a", "on", string.Join(' ', Enumerable.Repeat("a long value", 100)), new string('漢', 500));
        var run = new CliRun { Terminal = true, Width = width, Environment = new(AtHost) { ["NO_COLOR"] = "1" } };
        var lines = (await run.RunAsync("history", "a")).Succeeded().Lines;
        Assert.Equal(3 + 4, lines.Length);
        Assert.Contains("│ on ", lines[3]);
        Assert.Contains("a long value", lines[4]);
        Assert.All(lines[4..6], line => Assert.Contains("… ", line));
        Assert.All(lines[3..6], line => Assert.Contains(EntryOutput.Time(new RegisterEntry(1, [], false, Guid.Empty, DateTimeOffset.UnixEpoch)), line));
        Assert.Equal(width >= 120, lines[1].Contains("request", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_as_json_is_an_array_of_envelopes()
    {
        await SetAsync("a", "one", "two");
        using var array = JsonDocument.Parse((await PaxosAsync("history", "a", "--json")).Succeeded().Output);
        Assert.Equal(["one", "two"], array.RootElement.EnumerateArray().Select(envelope => envelope.GetProperty("value").GetString()!));
    }

    [Fact]
    public async Task History_of_a_register_never_written_is_exit_1() =>
        (await PaxosAsync("history", "a")).Failed(ExitCode.Refused, "never written, or was deleted and forgotten");

    [Fact]
    public async Task Status_has_a_line_an_acceptor_in_a_pipe() => Assert.Equal(
        ["a1\tvoting\ta1\tsqlite\t7", "a2\tunreachable\t\t\t0", "a3\tstorage-lost\ta3\tsqlite\t0"],
        (await PaxosAsync("status")).Succeeded().Lines);

    [Fact]
    public async Task Status_says_on_a_terminal_what_it_means()
    {
        var output = (await OnTerminalAsync("status")).Succeeded().Output;
        Assert.Contains("1 of 3 acceptors vote, 2 are a majority: no majority", output);
        Assert.Contains("a2: no answer", output);
    }

    [Fact]
    public async Task Status_as_json_has_the_standings()
    {
        using var status = JsonDocument.Parse((await PaxosAsync("status", "--json")).Succeeded().Output);
        Assert.Equal("storage-lost", status.RootElement.GetProperty("acceptors")[2].GetProperty("standing").GetString());
    }

    [Fact]
    public void Every_standing_comes_back_from_its_word() => Assert.All(Enum.GetValues<AcceptorStanding>(), standing =>
    {
        var status = new ClusterStatus(0, 1, [new AcceptorStatus("a1", standing, "", "", "", 0)], "");
        Assert.Equal(standing, StatusReport.From(status).ToStatus().Acceptors[0].Standing);
    });

    [Fact]
    public async Task Colours_are_for_terminals_and_not_for_NO_COLOR_or_dumb_ones()
    {
        Assert.Contains($"{Escape}[", (await OnTerminalAsync("status")).Output);
        Assert.DoesNotContain(Escape, (await PaxosAsync("status")).Output);
        Assert.DoesNotContain(Escape, await TerminalWithAsync("NO_COLOR", "1"));
        Assert.DoesNotContain(Escape, await TerminalWithAsync("TERM", "dumb"));
        Assert.Contains($"{Escape}[", await TerminalWithAsync("NO_COLOR", ""));
    }

    [Fact]
    public async Task Markup_in_values_and_names_is_text()
    {
        await SetAsync("a", "[red]x[/] [/]");
        Assert.Contains("[red]x[/] [/]", (await OnTerminalAsync("history", "a")).Succeeded().Output);
    }

    [Fact]
    public async Task A_reader_that_has_gone_ends_the_program_quietly()
    {
        await SetAsync("a", "x");
        using var error = new MemoryStream();
        var exitCode = await new CliRun { Environment = AtHost }.RunAsync(new ClosedPipe(), error, "list");
        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Empty(error.ToArray());
    }

    private async Task<string> TerminalWithAsync(string variable, string value)
    {
        var run = new CliRun { Terminal = true, Environment = new(AtHost) { [variable] = value } };
        return (await run.RunAsync("status")).Succeeded().Output;
    }

    private sealed class ClosedPipe : MemoryStream
    {
        private const int BrokenPipe = 32;

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe", BrokenPipe);

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe", BrokenPipe);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new IOException("Broken pipe", BrokenPipe);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Broken pipe", BrokenPipe);
    }
}
