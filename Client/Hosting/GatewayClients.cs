using Microsoft.Extensions.Logging;
using Orleans.Messaging;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>Keeps one connected client for each gateway that the cluster lists.</summary>
internal sealed partial class GatewayClients(
    IGatewayListProvider list,
    Func<Uri, GatewayClient> create,
    TimeProvider time,
    ILogger<GatewayClients> logger) : IGatewaySource
{
    private static readonly TimeSpan LongestStaleness = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Slot> _slots = [];
    private ImmutableArray<IGateway> _current = [];

    public ImmutableArray<IGateway> Current => _current;

    /// <summary>Follows the list until cancelled, then disconnects from all.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var initialized = false;
            while (true)
            {
                try
                {
                    if (!initialized)
                        await list.InitializeGatewayListProvider().WaitAsync(cancellationToken);
                    initialized = true;
                    Follow(await list.GetGateways().WaitAsync(cancellationToken), cancellationToken);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    // Keep the gateways known so far.
                    LogListFailed(exception);
                }

                await Task.Delay(Staleness(), time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(_slots.Keys.ToList().Select(LeaveAsync));
        }
    }

    private void Follow(IList<Uri> gateways, CancellationToken cancellationToken)
    {
        // An empty list means that the membership table is lost or late, not that every silo is gone.
        if (gateways.Count == 0)
            return;
        var listed = gateways.GroupBy(GatewayClient.NameOf).ToDictionary(same => same.Key, same => same.First());
        foreach (var (name, gateway) in listed)
        {
            if (!_slots.ContainsKey(name))
                _slots.Add(name, Join(gateway, cancellationToken));
        }

        foreach (var (name, slot) in _slots.ToList())
        {
            if (!listed.ContainsKey(name) || slot.HasFailed)
                _ = LeaveAsync(name);
        }
    }

    private Slot Join(Uri gateway, CancellationToken cancellationToken)
    {
        var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var client = create(gateway);
        return new Slot(client, leaving, ConnectAsync(client, leaving.Token));
    }

    /// <summary>Connects a client. Never throws.</summary>
    private async Task<bool> ConnectAsync(GatewayClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.ConnectAsync(cancellationToken);
            ImmutableInterlocked.Update(ref _current, current => current.Add(client));
            LogConnected(client.Name);
            return true;
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
                LogConnectFailed(client.Name, exception);
            return false;
        }
    }

    /// <summary>Disconnects from a gateway. Never throws.</summary>
    private async Task LeaveAsync(string name)
    {
        if (!_slots.Remove(name, out var slot))
            return;
        await slot.Leaving.CancelAsync();
        await slot.Connecting;
        ImmutableInterlocked.Update(ref _current, current => current.Remove(slot.Client));
        try
        {
            await slot.Client.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogDisconnectFailed(name, exception);
        }

        slot.Leaving.Dispose();
    }

    private TimeSpan Staleness() => list.MaxStaleness is var staleness && staleness > TimeSpan.Zero && staleness < LongestStaleness
        ? staleness
        : LongestStaleness;

    private sealed record Slot(GatewayClient Client, CancellationTokenSource Leaving, Task<bool> Connecting)
    {
        public bool HasFailed => Connecting is { IsCompletedSuccessfully: true, Result: false };
    }
}
