using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;

namespace Orleans.Paxos.Changing;

/// <summary>Drives a change of the acceptor set. It stays active while one is under way.</summary>
[Reentrant]
internal sealed class SetDriverGrain(AcceptorPeers peers, Proposer proposer, IOptions<PaxosOptions> options, ILogger<SetDriver> logger) : Grain, ISetDriverGrain
{
    private static readonly TimeSpan LongestChange = TimeSpan.FromDays(365);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SetDriver _driver = new(peers, proposer.ProposeAsync, options.Value, UniqueId.New, logger);
    private Task _running = Task.CompletedTask;

    public async Task<SetProgress?> ContinueAsync()
    {
        var (plan, _) = await _driver.ProgressAsync();
        if (plan is not { IsDone: false })
            return null;
        Run();
        return new SetProgress(_driver.PerSecond, _driver.WaitsFor);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }

    private void Run()
    {
        if (!_running.IsCompleted)
            return;
        DelayDeactivation(LongestChange);
        _running = RunAsync();
        _running.Abandon();
    }

    private async Task RunAsync()
    {
        await _driver.RunAsync(_stopping.Token);
        DelayDeactivation(TimeSpan.Zero);
    }
}
