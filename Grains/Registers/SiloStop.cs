namespace Orleans.Paxos.Registers;

/// <summary>
/// Tells registers that their silo begins to stop. Orleans lets a grain finish its calls before it deactivates it, so calls that wait for
/// news would hold up the stop.
/// </summary>
internal sealed class SiloStop : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the silo begins to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SiloStop), ServiceLifecycleStage.Last, static _ => Task.CompletedTask, _ => _stopping.CancelAsync());

    public void Dispose() => _stopping.Dispose();
}
