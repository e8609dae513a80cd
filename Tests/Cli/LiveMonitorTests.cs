using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>A server is asked whether it lives while it is watched, and is silent after some questions without an answer.</summary>
public sealed class LiveMonitorTests
{
    [Fact]
    public void A_server_that_stops_answering_is_silent_after_four_questions() => Run(async (world, server, monitor) =>
    {
        using var watch = monitor.Begin();
        await world.Sleep(1010);
        Assert.False(watch.Silence.IsCancellationRequested);
        server.Hangs = true;

        await UntilSilentAsync(watch);

        Assert.Equal(1331, world.Now); // the first question that was not answered was asked at 1051
        Assert.True(monitor.IsSilent);
        await world.Sleep(1);
        Assert.Equal(0, server.UnderWay);
    });

    [Fact]
    public void A_pause_of_the_server_is_no_silence() => Run(async (world, server, monitor) =>
    {
        using var watch = monitor.Begin();
        for (var time = 0; time < 20; time++)
        {
            await world.Sleep(275);
            server.Hangs = !server.Hangs;
        }

        Assert.False(watch.Silence.IsCancellationRequested);
    });

    [Fact]
    public void A_server_that_never_answered_is_not_silent_and_is_asked_one_question_at_a_time() => Run(async (world, server, monitor) =>
    {
        server.Hangs = true;
        using var watch = monitor.Begin();
        await world.Sleep(60_000);
        Assert.False(watch.Silence.IsCancellationRequested);
        Assert.Equal(1, server.MostUnderWay);
        Assert.InRange(server.Asked, 2, 3); // each is given up after the timeout of a request
    });

    [Fact]
    public void A_server_that_refuses_questions_is_not_silent() => Run(async (world, server, monitor) =>
    {
        server.Refuses = true;
        using var watch = monitor.Begin();
        await world.Sleep(6_990);
        Assert.False(watch.Silence.IsCancellationRequested);
        Assert.Equal(100, server.Asked);
    });

    [Fact]
    public void A_server_far_away_is_not_silent() => Run(async (world, server, monitor) =>
    {
        server.Way = 700;
        using var watch = monitor.Begin();
        await world.Sleep(20_000);
        Assert.False(watch.Silence.IsCancellationRequested);
        server.Hangs = true;
        await UntilSilentAsync(watch);
        Assert.InRange(world.Now, 20_700, 21_100); // what was on its way came first
    });

    [Fact]
    public void All_watches_share_the_questions_and_without_a_watch_there_are_none() => Run(async (world, server, monitor) =>
    {
        await world.Sleep(5_000);
        Assert.Equal(0, server.Asked);

        var watches = Enumerable.Range(0, 1000).Select(_ => monitor.Begin()).ToList();
        await world.Sleep(7_000);
        Assert.InRange(server.Asked, 100, 102); // 14 a second

        foreach (var watch in watches.Skip(1))
            watch.Dispose();
        await world.Sleep(700);
        Assert.InRange(server.Asked, 110, 112);

        watches[0].Dispose();
        var asked = server.Asked;
        await world.Sleep(5_000);
        Assert.Equal(asked, server.Asked);
        Assert.Equal(0, server.UnderWay);
        Assert.False(monitor.IsSilent);
    });

    [Fact]
    public void All_watches_of_a_silent_server_are_told_and_the_next_one_asks_anew() => Run(async (world, server, monitor) =>
    {
        var (one, other) = (monitor.Begin(), monitor.Begin());
        await world.Sleep(100);
        server.Hangs = true;
        await UntilSilentAsync(one);
        Assert.True(other.Silence.IsCancellationRequested);

        using var again = monitor.Begin();
        await world.Sleep(1000);
        Assert.False(again.Silence.IsCancellationRequested);
        one.Dispose();
        other.Dispose();
        monitor.Answered();
        Assert.False(monitor.IsSilent);

        server.Hangs = false;
        await world.Sleep(40_000);
        server.Hangs = true;
        await UntilSilentAsync(again);
    });

    private static void Run(Func<ClientWorld, Server, LiveMonitor, Task> story) => ClientWorld.Run(world =>
    {
        var server = new Server(world);
        return story(world, server, new LiveMonitor(server.AskAsync, new HttpTiming(world.Time, TimeSpan.FromSeconds(30))));
    });

    private static Task UntilSilentAsync(LiveWatch watch)
    {
        var silent = new TaskCompletionSource();
        watch.Silence.Register(silent.SetResult);
        return silent.Task;
    }

    private sealed class Server(ClientWorld world)
    {
        private TaskCompletionSource _goesOn = new();
        private bool _hangs;

        public bool Hangs
        {
            get => _hangs;
            set
            {
                _hangs = value;
                var before = _goesOn;
                _goesOn = new TaskCompletionSource();
                before.SetResult();
            }
        }

        public bool Refuses { get; set; }

        /// <summary>How many milliseconds a question and its answer are on their way.</summary>
        public int Way { get; set; } = 1;

        public int Asked { get; private set; }

        public int UnderWay { get; private set; }

        public int MostUnderWay { get; private set; }

        public async Task AskAsync(CancellationToken cancellationToken)
        {
            Asked++;
            MostUnderWay = Math.Max(MostUnderWay, ++UnderWay);
            try
            {
                if (Refuses)
                    throw new HttpRequestException("refused");
                while (Hangs)
                    await _goesOn.Task.WaitAsync(cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(Way), world.Time, cancellationToken);
            }
            finally
            {
                UnderWay--;
            }
        }
    }
}
