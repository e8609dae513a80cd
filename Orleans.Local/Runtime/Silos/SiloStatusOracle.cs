using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>The cluster's membership as one silo's services see it.</summary>
internal sealed class SiloStatusOracle : ISiloStatusOracle, ILocalSiloDetails, IDisposable
{
    private readonly Membership _membership;
    private ImmutableHashSet<ISiloStatusListener> _listeners = [];

    public SiloStatusOracle(string name, SiloAddress address, Membership membership)
    {
        _membership = membership;
        Name = name;
        SiloAddress = address;
        membership.Changed += Tell;
    }

    public string Name { get; }

    public SiloAddress SiloAddress { get; }

    public string SiloName => Name;

    public string ClusterId => "local";

    public string DnsHostName => Environment.MachineName;

    public SiloAddress GatewayAddress => SiloAddress;

    public SiloStatus CurrentStatus => GetApproximateSiloStatus(SiloAddress);

    public SiloAddress[] GetActiveSilos() => [.. _membership.Active.Select(silo => silo.Address)];

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) => _membership.Find(siloAddress)?.Status ?? SiloStatus.None;

    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) => _membership.All
        .Where(silo => !onlyActive || silo.Value.Status == SiloStatus.Active)
        .ToDictionary(silo => silo.Key, silo => silo.Value.Status);

    public bool TryGetSiloName(SiloAddress siloAddress, [NotNullWhen(true)] out string? siloName)
    {
        siloName = _membership.Find(siloAddress)?.Name;
        return siloName is not null;
    }

    public bool IsFunctionalDirectory(SiloAddress siloAddress) =>
        GetApproximateSiloStatus(siloAddress) is not (SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead);

    public bool IsDeadSilo(SiloAddress silo) => GetApproximateSiloStatus(silo) == SiloStatus.Dead;

    public bool SubscribeToSiloStatusEvents(ISiloStatusListener observer) =>
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(observer));

    public bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer) =>
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Remove(observer));

    public void Dispose() => _membership.Changed -= Tell;

    private void Tell(SiloAddress silo, SiloStatus status)
    {
        foreach (var listener in _listeners)
            listener.SiloStatusChangeNotification(silo, status);
    }
}
