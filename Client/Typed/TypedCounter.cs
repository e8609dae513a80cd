namespace Orleans.Paxos.Client.Typed;

/// <summary>A counter over <see cref="IRegisterClient"/>.</summary>
internal sealed class TypedCounter(string name, IRegisterClient client) : ICounter
{
    public string Name => name;

    public async Task<WriteResult<long>> AddAsync(long amount = 1, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var outcome = await client.ChangeAsync(name, Change.Add(amount), options, cancellationToken);
        if (outcome.Status == ChangeStatus.NotACounter)
            throw new NotACounterException(name, outcome.Version);
        return new WriteResult<long>(outcome.Status, ToValue(outcome.Entry, outcome.WrittenVersion ?? 0));
    }

    public async Task<long> ReadAsync(ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default) =>
        ToValue(await client.ReadAsync(name, consistency, cancellationToken), version: 0).Value;

    /// <summary>The number of an entry; its absence, with the version that is known, if there is none.</summary>
    private RegisterValue<long> ToValue(RegisterEntry? entry, long version)
    {
        if (entry is null)
            return new RegisterValue<long>(Exists: false, Value: 0, version, RequestId: Guid.Empty, At: default);
        var number = entry.Deleted ? 0 : CounterValue.Read(entry.Value) ?? throw new NotACounterException(name, entry.Version);
        return new RegisterValue<long>(!entry.Deleted, number, entry.Version, entry.RequestId, entry.At) { Guard = entry.Guard, Session = entry.Session };
    }
}
