using System.Collections.Concurrent;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace Orleans.Paxos.Tests;

/// <summary>Names the tests that failed and counts the results of all for the last lines of a run.</summary>
internal sealed class RunSummary : IDataConsumer
{
    private readonly ConcurrentQueue<string> _failed = [];
    private int _passed;
    private int _skipped;

    public string Uid => nameof(RunSummary);

    public string Version => "1.0.0";

    public string DisplayName => "Run summary";

    public string Description => "Names the tests that failed and counts those that passed, failed and were skipped.";

    public Type[] DataTypesConsumed => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        var test = ((TestNodeUpdateMessage)value).TestNode;
        switch (test.Properties.SingleOrDefault<TestNodeStateProperty>())
        {
            case PassedTestNodeStateProperty:
                Interlocked.Increment(ref _passed);
                break;
            case SkippedTestNodeStateProperty:
                Interlocked.Increment(ref _skipped);
                break;
            case null or DiscoveredTestNodeStateProperty or InProgressTestNodeStateProperty:
                break;
            default:
                _failed.Enqueue(test.DisplayName);
                break;
        }

        return Task.CompletedTask;
    }

    public override string ToString() =>
        string.Join(Environment.NewLine, [.. _failed.Select(static name => $"failed: {name}"), $"{_passed} passed, {_failed.Count} failed, {_skipped} skipped"]);
}
