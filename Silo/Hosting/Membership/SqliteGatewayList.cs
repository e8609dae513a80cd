using Orleans.Messaging;

namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>Lists the gateways of the silos on one machine for Orleans clients on the same machine.</summary>
/// <param name="file">The membership file.</param>
internal sealed class SqliteGatewayList(MembershipFile file) : IGatewayListProvider
{
    /// <inheritdoc/>
    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    [Obsolete("Orleans asks no more.")]
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => Task.Run(file.Create);

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways() => Task.Run<IList<Uri>>(() =>
    [
        .. file.Read(null).Members.Select(member => member.Item1)
            .Where(entry => entry is { Status: SiloStatus.Active, ProxyPort: > 0 })
            .Select(entry => SiloAddress.New(entry.SiloAddress.Endpoint.Address, entry.ProxyPort, entry.SiloAddress.Generation).ToGatewayUri()),
    ]);
}
