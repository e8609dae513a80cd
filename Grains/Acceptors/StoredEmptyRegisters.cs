using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>Registers without a value as a list in the storage, which changes in the commits of their records.</summary>
internal sealed class StoredEmptyRegisters(IRegisterStorage registers, string acceptor) : IEmptyRegisters
{
    private readonly string _list = $"{acceptor}~deleted";

    /// <summary>How the list changes with a register's record.</summary>
    /// <param name="register">The register.</param>
    /// <param name="before">The record before; null if there is none.</param>
    /// <param name="after">The record afterwards; null if there is none.</param>
    public IEnumerable<NameChange> Changes(string register, AcceptorRecord? before, AcceptorRecord? after)
    {
        var (was, now) = (EmptyRegister.KeyOf(register, before), EmptyRegister.KeyOf(register, after));
        if (was == now)
            yield break;
        if (was is not null)
            yield return new NameChange(_list, was, Leaves: true);
        if (now is not null)
            yield return new NameChange(_list, now);
    }

    public async Task<EmptyPage> ReadAsync(string after, DateTimeOffset until, int count)
    {
        var keys = await registers.ReadNamesAsync(_list, after, count + 1);
        var empty = keys.Where(key => key != after).Take(count).Select(EmptyRegister.Of).TakeWhile(register => register.At <= until).ToList();
        return new EmptyPage(empty, empty.Count == count ? empty[^1].Key : null);
    }

    /// <summary>Nothing is left to do: the commits of the records did it.</summary>
    public Task SettleAsync(IReadOnlyCollection<EmptyRegister> settled) => Task.CompletedTask;
}
