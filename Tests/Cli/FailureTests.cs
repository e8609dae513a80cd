using System.Net;
using System.Net.Sockets;
using Orleans.Paxos.Cli;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Silo.Hosting;

namespace Orleans.Paxos.Tests.Cli;

public sealed class FailureTests : CliTest
{
    [Fact]
    public async Task No_majority_is_exit_3_and_names_who_answered()
    {
        Registers.Failure = new QuorumUnavailableException(["a1"], 2);
        (await PaxosAsync("get", "a")).Failed(ExitCode.Unavailable, "2 are needed", "a1");
        (await PaxosAsync("set", "a", "x")).Failed(ExitCode.Unavailable, "Nothing was written");
        (await PaxosAsync("list")).Failed(ExitCode.Unavailable);
        (await PaxosAsync("status")).Failed(ExitCode.Unavailable);
    }

    [Fact]
    public async Task An_unknown_outcome_is_exit_4_and_gives_the_line_that_sends_it_again()
    {
        var id = new Guid("3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b");
        Registers.Failure = new OutcomeUnknownException(id, 7, "The majority was lost.");
        var result = await PaxosAsync("set", "a", "it's here", "--request-id", id.ToString(), "--floor", "7", "--", "--x");
        result.Failed(ExitCode.BadArgument);
        result = await PaxosAsync("set", "a b", "it's here", "--request-id", id.ToString());
        result.Failed(ExitCode.OutcomeUnknown, "may or may not have happened", id.ToString());
        Assert.EndsWith($"paxos set 'a b' 'it'\\''s here' --request-id {id} --floor 7\n", result.Error);
    }

    [Theory]
    [InlineData("set a x", "paxos set a x --request-id ID --floor 3")]
    [InlineData("set a --request-id OLD --floor 2 x", "paxos set a x --request-id ID --floor 3")]
    [InlineData("--json set a --floor=2 --request-id=OLD -- --x", "paxos --json set a --request-id ID --floor 3 -- --x")]
    public void The_line_that_sends_again_has_the_id_and_floor_once(string line, string expected)
    {
        var id = new Guid("3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b");
        Assert.Equal(expected.Replace("ID", id.ToString()), ResendLine.Of(line.Split(' '), id, 3));
    }

    [Fact]
    public async Task Another_acceptor_set_is_exit_5()
    {
        Registers.Failure = new AcceptorSetMismatchException("epoch 1: a, b", "epoch 2: a, c");
        (await PaxosAsync("get", "a")).Failed(ExitCode.AcceptorSetMismatch, "epoch 1: a, b", "epoch 2: a, c");
    }

    [Fact]
    public async Task A_value_over_the_limit_is_exit_2_and_names_the_limit()
    {
        var result = await WithInputAsync(new byte[262_145], "set", "a", "-");
        result.Failed(ExitCode.BadArgument, "262144");
        Assert.Equal(0, Registers.Changes);
    }

    [Fact]
    public async Task A_value_at_the_limit_is_written() =>
        (await WithInputAsync(new byte[262_144], "set", "a", "-")).Succeeded();

    [Theory]
    [InlineData("!a", "'!'")]
    [InlineData("a//b", "//")]
    [InlineData("a?b", "?")]
    [InlineData("", "empty")]
    public async Task A_bad_name_is_exit_2_and_names_the_rule(string name, string rule) =>
        (await PaxosAsync("get", name)).Failed(ExitCode.BadArgument, rule);

    [Fact]
    public async Task A_file_that_is_not_there_is_exit_2() =>
        (await PaxosAsync("set", "a", "--file", "/no/such/file")).Failed(ExitCode.BadArgument, "/no/such/file");

    [Theory]
    [InlineData("set", "a", "--file", "/", "--file")]
    [InlineData("import", "/", "FILE")]
    [InlineData("export", "--out", "/", "--out")]
    public async Task A_folder_in_the_place_of_a_file_is_told_so(params string[] command) =>
        (await PaxosAsync(command[..^1])).Failed(ExitCode.BadArgument, "'/' is a folder", command[^1]);

    [Fact]
    public async Task An_export_to_where_nothing_can_be_written_reads_no_register()
    {
        Registers.Failure = new QuorumUnavailableException(["a1"], 2);
        (await PaxosAsync("export", "--out", "/no/such/folder/app.json")).Failed(ExitCode.BadArgument, "'/no/such/folder/app.json' cannot be written", "--out");
    }

    [Fact]
    public async Task A_silo_that_fails_leaves_a_change_unknown_and_a_read_undone()
    {
        await SetAsync("a", "x");
        Registers.Failure = new InvalidOperationException("broken");
        (await PaxosAsync("get", "a")).Failed(ExitCode.Unavailable, "500");
        (await PaxosAsync("set", "a", "x", "--request-id", UniqueId.New().ToString())).Failed(ExitCode.OutcomeUnknown, "500");
    }

    [Fact]
    public async Task A_silo_that_does_not_answer_leaves_a_change_unknown_and_a_read_undone()
    {
        Registers.Stall = new TaskCompletionSource().Task;
        (await PaxosAsync("get", "a", "--timeout", "0.1")).Failed(ExitCode.Unavailable, "no answer");
        (await PaxosAsync("set", "a", "x", "--timeout", "0.1", "--request-id", UniqueId.New().ToString())).Failed(ExitCode.OutcomeUnknown, "no answer");
    }

    [Fact]
    public async Task Ctrl_c_during_a_change_says_that_its_outcome_is_unknown()
    {
        using var interrupt = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var run = new CliRun { Interrupt = interrupt.Token };
        var result = await run.RunAsync("set", "a", "x", "--request-id", UniqueId.New().ToString(), "--url", server.Url);
        result.Failed(ExitCode.OutcomeUnknown, "Interrupted", "may or may not have happened");
    }

    [Fact]
    public async Task Nothing_listening_is_exit_3_with_what_to_do()
    {
        var url = $"http://127.0.0.1:{FreePorts.Take(1)[0]}";
        (await PaxosAsync("get", "a", "--url", url)).Failed(ExitCode.Unavailable, "Nothing answers", url, "./run.sh");
        (await PaxosAsync("set", "a", "x", "--url", url)).Failed(ExitCode.Unavailable, "Nothing answers");
        (await PaxosAsync("watch", "a", "--url", url)).Failed(ExitCode.Unavailable, "Nothing answers");
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_a_change_unknown()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var breaks = BreakAsync(listener);
        var url = $"http://{listener.LocalEndpoint}";
        string[] change = ["--url", url, "--request-id", UniqueId.New().ToString(), "--floor", "4"];
        (await PaxosAsync(["set", "a", "x", .. change])).Failed(ExitCode.OutcomeUnknown, "broke", "--floor 4");
        (await PaxosAsync(["delete", "a", .. change])).Failed(ExitCode.OutcomeUnknown, "broke", "--floor 4");
        (await PaxosAsync("get", "a", "--url", url)).Failed(ExitCode.Unavailable, "broke");
        listener.Stop();
        await breaks;
    }

    [Theory]
    [InlineData("set", "a", "x")]
    [InlineData("set", "a", "")]
    [InlineData("delete", "a")]
    public async Task A_silo_that_dies_with_a_change_on_a_connection_used_before_leaves_it_unknown(params string[] change)
    {
        // The read before the change leaves an open connection. A change that is lost on it must not silently be sent again: the
        // second connection is refused, which would look as if nothing had been sent.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}";
        var run = PaxosAsync([.. change, "--url", url]);
        using (var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await ReadHeadersAsync(connection);
            await connection.GetStream().WriteAsync(NeverWritten, TestContext.Current.CancellationToken);
            await ReadHeadersAsync(connection);
            listener.Stop();
        }

        (await run).Failed(ExitCode.OutcomeUnknown, "broke");
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "text/html", "<html>")]
    [InlineData(HttpStatusCode.OK, "application/json", "{}")]
    [InlineData(HttpStatusCode.NotFound, "text/html", "nginx")]
    [InlineData(HttpStatusCode.Moved, "text/html", "")]
    public async Task What_is_no_silo_is_exit_3_and_says_so(HttpStatusCode status, string type, string body)
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = type;
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
        });
        (await PaxosAsync("list", "--url", server.Url)).Failed(ExitCode.Unavailable, "does not speak as a silo does", "--url");
    }

    private static byte[] NeverWritten
    {
        get
        {
            const string Body = """{"type":"urn:orleans-paxos:not-found","name":"a","version":0}""";
            return System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        }
    }

    private static async Task ReadHeadersAsync(TcpClient connection)
    {
        var read = "";
        var buffer = new byte[1];
        while (!read.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await connection.GetStream().ReadExactlyAsync(buffer);
            read += (char)buffer[0];
        }
    }

    private static async Task BreakAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync();
                await connection.GetStream().ReadAtLeastAsync(new byte[1], 1);
                connection.Client.Close(timeout: 0);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test has ended.
        }
    }
}
