using System.Net;
using System.Net.Sockets;
using System.Text;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

/// <summary>What the answers of clients that do not read them, and the events of many watchers, take of a silo's memory.</summary>
public sealed class UnreadAnswerTests
{
    // More than the operating system takes off a server's hands for a client that does not read.
    private const int ValueBytes = 8_000_000;
    private const int Clients = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("/v1/registers/large")]
    [InlineData("/v1/history/large")]
    public async Task Answers_that_are_not_read_stay_within_their_budget(string target)
    {
        const long Half = 4 * ValueBytes;
        await using var host = await StartAsync(options => options.AnswerMemoryBytes = 2 * Half);
        await WriteAsync(host, "large");
        var answers = host.Budgets.Answers;
        using var readers = new UnreadConnections(host.Port, Clients, target);
        await UntilAsync(() => answers.Waiting > Clients / 2);
        Assert.InRange(answers.TakenBytes, ValueBytes, Half);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        var refused = await host.Client.GetAsync(target, TestContext.Current.CancellationToken);
        await HttpAssert.ProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "too-many-answers");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.InRange(answers.TakenBytes, ValueBytes, Half);
    }

    [Fact]
    public async Task A_list_with_values_has_room_for_them_before_it_asks()
    {
        await using var host = await StartAsync(_ => { });
        var answered = new TaskCompletionSource();
        host.Registers.Stall = answered.Task;
        var list = host.Client.GetAsync("/v1/registers?values=true&limit=1", TestContext.Current.CancellationToken);
        await UntilAsync(() => host.Budgets.Answers.TakenBytes > 0);
        Assert.InRange(host.Budgets.Answers.TakenBytes, EntryPage.MaxValueBytes, long.MaxValue);
        answered.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await list).StatusCode);
    }

    [Fact]
    public async Task A_reader_that_does_not_read_is_dropped_and_makes_room()
    {
        await using var host = await StartAsync(options => options.ReaderPatience = TimeSpan.FromSeconds(1));
        await WriteAsync(host, "large");
        using var readers = new UnreadConnections(host.Port, 3, "/v1/history/large");
        await UntilAsync(() => host.Metrics("paxos.http.readers.dropped") == 3);
        await UntilAsync(() => host.Budgets.Answers.TakenBytes == 0);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/v1/history/large", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_watcher_that_does_not_read_is_dropped_and_the_others_go_on()
    {
        await using var host = await StartAsync(options => options.ReaderPatience = TimeSpan.FromSeconds(1));
        using var readers = new UnreadConnections(host.Port, 1, "/v1/watch/large");
        using var other = new StreamReader(await host.Client.GetStreamAsync("/v1/watch/large", TestContext.Current.CancellationToken));
        await WriteAsync(host, "large");
        Assert.StartsWith("id: 1-", await NextIdAsync(other));
        await UntilAsync(() => host.Metrics("paxos.http.readers.dropped") == 1);
        await UntilAsync(() => host.Budgets.EventConnections.TakenBytes == 0);
        await WriteAsync(host, "large");
        Assert.StartsWith("id: 2-", await NextIdAsync(other));
    }

    [Fact]
    public async Task Many_watchers_of_one_register_ask_once_and_share_the_bytes_of_its_events()
    {
        await using var host = await StartAsync(_ => { });
        using var readers = new UnreadConnections(host.Port, Clients, "/v1/watch/large");
        await UntilAsync(() => Volatile.Read(ref host.Registers.Watchers) > 0 && host.Budgets.Events.TakenBytes == 0); // for the first version
        Assert.Equal(1, Volatile.Read(ref host.Registers.Watchers));
        await WriteAsync(host, "large");
        await UntilAsync(() => host.Budgets.EventConnections.TakenBytes == Clients * AnswerBudgets.BytesOfAConnection); // all have it now, and do not read it
        Assert.InRange(host.Budgets.Events.TakenBytes, ValueBytes, 2 * ValueBytes);
        Assert.Equal(0, Volatile.Read(ref host.Registers.Watchers));
    }

    [Fact]
    public async Task Watchers_that_do_not_read_and_take_all_room_make_the_others_wait_and_no_longer()
    {
        await using var host = await StartAsync(options => (options.AnswerMemoryBytes, options.ReaderPatience) = (4 * 2 * AnswerBudgets.BytesOfAConnection, TimeSpan.FromSeconds(1)));
        using var readers = new UnreadConnections(host.Port, 6, "/v1/watch/large");
        using var other = new StreamReader(await host.Client.GetStreamAsync("/v1/watch/large", TestContext.Current.CancellationToken));
        await WriteAsync(host, "large");
        Assert.StartsWith("id: 1-", await NextIdAsync(other));
        Assert.InRange(host.Budgets.EventConnections.TakenBytes, 0, 2 * AnswerBudgets.BytesOfAConnection);
    }

    private static async Task<HttpHost> StartAsync(Action<HttpOptions> configure)
    {
        var host = new HttpHost { Options = { MaxValueBytes = ValueBytes, MaxHistoryBytes = ValueBytes, AnswerMemoryBytes = 64 * ValueBytes, HeartbeatInterval = TimeSpan.FromMinutes(1) } };
        configure(host.Options);
        await host.InitializeAsync();
        return host;
    }

    private static Task WriteAsync(HttpHost host, string name) => host.Registers.ChangeAsync(name, Change.Set(Encoding.ASCII.GetBytes(new string('x', ValueBytes))));

    /// <summary>Waits for the server to do something.</summary>
    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    /// <summary>Reads the next event to its end.</summary>
    private static async Task<string> NextIdAsync(StreamReader events)
    {
        var id = await events.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("data: ", await events.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("", await events.ReadLineAsync(TestContext.Current.CancellationToken));
        return id!;
    }

    /// <summary>Connections that ask and never read.</summary>
    private sealed class UnreadConnections : IDisposable
    {
        private readonly List<TcpClient> _connections = [];

        public UnreadConnections(int port, int count, string target)
        {
            for (var number = 0; number < count; number++)
            {
                var connection = new TcpClient { ReceiveBufferSize = 4096 };
                _connections.Add(connection);
                connection.Connect("127.0.0.1", port);
                connection.GetStream().Write(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
        }

        public void Dispose() => _connections.ForEach(connection => connection.Dispose());
    }
}
