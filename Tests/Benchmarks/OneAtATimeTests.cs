using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Tests.Benchmarks;

public sealed class OneAtATimeTests
{
    [Fact]
    public async Task Writes_of_a_register_take_turns_and_those_of_two_do_not()
    {
        var inner = new HeldTarget();
        var target = new OneAtATimeTarget(inner);
        var writes = new[] { "a", "a", "b" }.Select(register => target.WriteAsync(register, [], CancellationToken.None)).ToArray();
        Assert.Equal(["a", "b"], inner.Begun);
        inner.Release.SetResult();
        await Task.WhenAll(writes);
        Assert.Equal(["a", "b", "a"], inner.Begun);
    }

    private sealed class HeldTarget : ILoadTarget
    {
        public List<string> Begun { get; } = [];

        public TaskCompletionSource Release { get; } = new();

        public string Name => "held";

        public Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken)
        {
            Begun.Add(register);
            return Release.Task;
        }

        public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
