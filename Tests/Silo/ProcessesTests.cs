using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>A cluster of several processes that one command starts.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class ProcessesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _data = Directory.CreateTempSubdirectory("processes-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData(PosixSignal.SIGTERM), InlineData(PosixSignal.SIGINT)]
    public async Task Three_processes_are_one_cluster_and_stop_together(PosixSignal signal)
    {
        var port = FreePorts.Take(3)[0];
        await using var cluster = Start(3, port);
        var children = await ServingAsync(cluster, 3);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync($"http://127.0.0.1:{port}/v1/registers/x", new StringContent("on"))).StatusCode);
        Assert.Equal("on", await http.GetStringAsync($"http://127.0.0.1:{port + 2}/v1/registers/x"));
        Assert.Contains($"./run.sh --silo a1 --acceptor-set a1,a2,a3 --data {_data} --url http://127.0.0.1:{port}", cluster.Output);
        Assert.All(["a1", "a2", "a3"], name => Assert.Contains("Orleans.Paxos", File.ReadAllText(Path.Combine(_data, $"{name}.log"))));

        Assert.Equal((0, ""), (await cluster.StopAsync(signal), cluster.Errors));
        Assert.All(children, child => Assert.False(Runs(child), $"Process {child} still runs."));
    }

    [Fact]
    public async Task When_all_have_ended_it_ends_with_an_error()
    {
        await using var cluster = Start(2, FreePorts.Take(2)[0]);
        var children = await ServingAsync(cluster, 2);
        foreach (var child in children)
        {
            using var process = Process.GetProcessById(child);
            process.Kill();
        }

        Assert.Equal(1, await cluster.EndAsync());
        Assert.Equal($"error: All silo processes have ended. Their logs are in {_data}.", cluster.Errors);
    }

    [Theory]
    [InlineData("127.0.0.1", 1)]
    [InlineData("127.0.0.1", 2)]
    [InlineData("0.0.0.0", 2)]
    public async Task A_port_in_use_is_named_before_anything_starts(string address, int index)
    {
        var port = FreePorts.Take(3)[0];
        using var other = new TcpListener(IPAddress.Parse(address), port + index);
        other.Start();
        await using var cluster = Start(3, port);
        Assert.Equal((1, ""), (await cluster.EndAsync(), cluster.Output));
        Assert.Equal($"error: The port {port + index} is in use by another program. Stop it, or give another in Url (--url).", cluster.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(_data));
    }

    [Fact]
    public async Task A_process_that_cannot_start_is_named_with_its_log_and_the_others_are_stopped()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "a2"), "a file where the acceptor's folder is to be");
        await using var cluster = Start(3, FreePorts.Take(3)[0]);
        Assert.Equal((1, ""), (await cluster.EndAsync(), cluster.Output));
        Assert.StartsWith($"error: The silo a2 has ended with exit code 1 before it was ready. Its log is {Path.Combine(_data, "a2.log")}: error: ", cluster.Errors);
        Assert.DoesNotContain('\n', cluster.Errors);
        var locks = new DirectoryInfo(Path.Combine(_data, "membership.db.alive")); // one of each silo that runs, once one does
        Assert.Empty(locks.Exists ? locks.GetFiles() : []);
    }

    [Fact]
    public async Task A_process_that_cannot_start_is_named_at_once_and_not_another_that_waits_for_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "a2"), "a file where the acceptor's folder is to be");
        await using var cluster = Start(2, FreePorts.Take(2)[0]);
        Assert.Equal((1, ""), (await cluster.EndAsync(), cluster.Output));
        Assert.StartsWith($"error: The silo a2 has ended with exit code 1 before it was ready. Its log is {Path.Combine(_data, "a2.log")}: error: ", cluster.Errors);
    }

    [Theory]
    [InlineData("PAXOS__SILOPORT", "SiloPort is 23456")]
    [InlineData("PAXOS__GATEWAYPORT", "GatewayPort is 23456")]
    public async Task A_port_that_every_process_would_take_is_refused(string variable, string expected)
    {
        var environment = new Dictionary<string, string> { [variable] = "23456" };
        var (code, output, errors) = await SiloUnderTest.RunAsync(environment, "--processes", "3", "--data", _data, "--url", "http://127.0.0.1:20001");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"error: {expected}, and with --processes every process would take it.", errors);
    }

    [Theory]
    [InlineData("--processes 16", "--processes takes a whole number from 1 to 15.")]
    [InlineData("--processes 3 --silo a1", "--silo does not go with --processes")]
    [InlineData("--processes 3 --url http://127.0.0.1:0", "Url (--url) has the port 0; with --processes 3 it takes one from 1 to 65533")]
    [InlineData("--processes 3 --url http://127.0.0.1:65534", "Url (--url) has the port 65534")]
    [InlineData("--processes 3 --url ftp://x", "Url (--url)")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2(string line, string expected)
    {
        var (code, output, errors) = await SiloUnderTest.RunAsync([.. line.Split(' '), "--data", _data]);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("error: ", errors);
        Assert.Contains(expected, errors);
        Assert.DoesNotContain('\n', errors);
        Assert.Empty(Directory.GetFileSystemEntries(_data));
    }

    private SiloUnderTest Start(int processes, int port) =>
        SiloUnderTest.Start(null, "--processes", $"{processes}", "--data", _data, "--url", $"http://127.0.0.1:{port}");

    /// <summary>Waits until the output says that all processes serve.</summary>
    /// <returns>The ids of the processes.</returns>
    private static async Task<int[]> ServingAsync(SiloUnderTest cluster, int processes)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!cluster.Output.Contains("Ctrl-C stops all.", StringComparison.Ordinal))
        {
            Assert.True(cluster.Errors.Length == 0, cluster.Errors);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }

        int[] children = [.. Regex.Matches(cluster.Output, @"pid (\d+)").Select(match => int.Parse(match.Groups[1].Value))];
        Assert.Equal(processes, children.Length);
        Assert.All(children, child => Assert.True(Runs(child)));
        return children;
    }

    private static bool Runs(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
