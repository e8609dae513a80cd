using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace Orleans.Paxos.Tests;

/// <summary>Counts the results of the tests for the last line of a run.</summary>
internal sealed class RunSummary : IDataConsumer
{
    private int _passed;
    private int _failed;
    private int _skipped;

    public string Uid => nameof(RunSummary);

    public string Version => "1.0.0";

    public string DisplayName => "Run summary";

    public string Description => "Counts the tests that passed, failed and were skipped.";

    public Type[] DataTypesConsumed => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        switch (((TestNodeUpdateMessage)value).TestNode.Properties.SingleOrDefault<TestNodeStateProperty>())
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
                Interlocked.Increment(ref _failed);
                break;
        }

        return Task.CompletedTask;
    }

    public override string ToString() => $"{_passed} passed, {_failed} failed, {_skipped} skipped";
}
