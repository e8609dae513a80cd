using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class BenchTests : CliTest
{
    private static readonly string[] Short = ["bench", "--seconds", "1", "--clients", "4", "--registers", "50"];

    [Fact]
    public async Task It_prints_a_line_a_run_and_writes_below_the_prefix_only()
    {
        var result = await PaxosAsync([.. Short, "--scenario", "mixed", "--scenario", "first-write", "--clients", "1", "--prefix", "tmp/load"]);
        var lines = result.Succeeded().Lines;
        Assert.StartsWith("scenario ", lines[0]);
        Assert.Equal(
            [("mixed", "4"), ("mixed", "1"), ("first-write", "4"), ("first-write", "1")],
            lines[1..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(cells => (cells[0], cells[4])));
        Assert.DoesNotContain('\u001b', result.Output);
        var names = (await Registers.ListPageAsync(limit: int.MaxValue)).Names;
        Assert.InRange(names.Length, 51, int.MaxValue);
        Assert.All(names, name => Assert.StartsWith("tmp/load/", name));
    }

    [Fact]
    public async Task Json_is_one_document_and_the_files_are_the_same_report()
    {
        var directory = Directory.CreateTempSubdirectory("paxos-bench-");
        try
        {
            var results = Path.Combine(directory.FullName, "new", "folder");
            var result = await PaxosAsync([.. Short, "--scenario", "read-stale", "--json", "--out", results]);
            using var report = JsonDocument.Parse(result.Succeeded().Output);
            var measurement = Assert.Single(report.RootElement.GetProperty("measurements").EnumerateArray());
            Assert.Equal("read-stale", measurement.GetProperty("scenario").GetString());
            Assert.Equal(4, measurement.GetProperty("clients").GetInt32());
            Assert.InRange(measurement.GetProperty("operations").GetInt64(), 1, long.MaxValue);
            Assert.StartsWith("3 acceptors", report.RootElement.GetProperty("subject").GetString());
            Assert.Contains("--scenario read-stale --clients 4 --seconds 1", report.RootElement.GetProperty("command").GetString());
            Assert.Equal(result.Output, await File.ReadAllTextAsync(Path.Combine(results, "report.json"), TestContext.Current.CancellationToken));
            Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(Path.Combine(results, "report.html"), TestContext.Current.CancellationToken));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Watch_fan_out_has_its_watchers_once_whatever_clients_are_asked_for()
    {
        var result = await PaxosAsync([.. Short, "--clients", "8", "--scenario", "watch-fan-out", "--watchers", "5"]);
        var line = Assert.Single(result.Succeeded().Lines[1..]);
        Assert.Equal(["watch-fan-out", "5"], [line.Split(' ')[0], line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4]]);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (Registers.Watchers > 0) // the host hears of the end of a connection after the client
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    [Fact]
    public async Task A_terminal_sees_progress_on_standard_error()
    {
        var result = await OnTerminalAsync([.. Short, "--scenario", "write-spread"]);
        Assert.Equal(ExitCode.Ok, result.ExitCode);
        Assert.Contains("write-spread, 4 clients", result.Error);
        Assert.Equal(2, result.Lines.Length);
    }

    [Fact]
    public async Task Operations_that_fail_are_told_of_after_the_figures_and_are_exit_3()
    {
        Host.Options.MaxValueBytes = 100;
        var result = await PaxosAsync([.. Short, "--scenario", "first-write"]);
        Assert.Equal(ExitCode.Unavailable, result.ExitCode);
        Assert.Equal("0", result.Lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[5]);
        Assert.Contains("paxos: first-write, 4 clients:", result.Error);
        Assert.Contains("× HttpRequestException 413", result.Error);
    }

    [Fact]
    public async Task Registers_that_cannot_be_prepared_end_it_as_they_end_other_commands()
    {
        Host.Options.MaxValueBytes = 100;
        (await PaxosAsync(Short)).Failed(ExitCode.BadArgument, "256", "100");
        Registers.Failure = new QuorumUnavailableException(["a1"], 2);
        (await PaxosAsync(Short)).Failed(ExitCode.Unavailable);
    }

    [Fact]
    public async Task Nothing_that_answers_is_exit_3() =>
        (await PaxosAsync([.. Short, "--url", "http://127.0.0.1:1"])).Failed(ExitCode.Unavailable, "Nothing answers");

    [Fact]
    public async Task Ctrl_C_prints_what_was_measured_so_far()
    {
        using var interrupt = new CancellationTokenSource();
        using var output = new FirstLineStream(interrupt.Cancel);
        using var error = new MemoryStream();
        var run = new CliRun { Environment = AtHost, Interrupt = interrupt.Token };
        Assert.Equal(ExitCode.Interrupted, await run.RunAsync(output, error, [.. Short, "--scenario", "read-stale", "--clients", "2"]));
        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("read-stale", lines[1]);
        Assert.Equal(0, error.Length);
    }

    [Theory]
    [InlineData("from 1 to 4096", "--clients", "0")]
    [InlineData("from 1 to 4096", "--clients", "4097")]
    [InlineData("from 1 to 4096", "--clients", "4", "--clients", "many")]
    [InlineData("from 1 to 3600", "--seconds", "0")]
    [InlineData("from 1 to 3600", "--seconds", "3601")]
    [InlineData("from 1 to 1000000", "--registers", "1000001")]
    [InlineData("from 0 to 4194304", "--value-bytes", "-1")]
    [InlineData("from 0 to 4194304", "--value-bytes", "4194305")]
    [InlineData("from 1 to 10000", "--watchers", "0")]
    [InlineData("write-spread", "--scenario", "write")]
    [InlineData("reserved", "--prefix", "!bench/")]
    [InlineData("--prefix is empty", "--prefix", "")]
    [InlineData("not an option", "--client", "4")]
    public async Task A_wrong_option_is_exit_2_and_names_the_limit(string words, params string[] options)
    {
        (await PaxosAsync(["bench", .. options])).Failed(ExitCode.BadArgument, words);
        Assert.Equal(0, Registers.Changes);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_exit_2_before_anything_is_written()
    {
        var file = Path.GetTempFileName();
        try
        {
            (await PaxosAsync([.. Short, "--out", Path.Combine(file, "below")])).Failed(ExitCode.BadArgument);
            Assert.Equal(0, Registers.Changes);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Its_help_says_that_it_writes_real_registers()
    {
        var help = (await PaxosAsync("bench", "--help")).Succeeded().Output;
        Assert.Contains("does not delete them", help);
        Assert.Contains("write-spread, write-hot, read-linearizable, read-stale, mixed, first-write, watch-fan-out", help);
        Assert.Contains("[default: 1, 64, 256]", help);
    }

    /// <summary>Acts as soon as the first line after the heading has been written.</summary>
    private sealed class FirstLineStream(Action act) : MemoryStream
    {
        public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            await base.WriteAsync(buffer.AsMemory(offset, count), cancellationToken);
            act();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            await Task.CompletedTask;
            act();
        }
    }
}
