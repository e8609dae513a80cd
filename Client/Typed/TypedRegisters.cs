using System.Runtime.CompilerServices;
using Orleans.Paxos.Client.Registers;

namespace Orleans.Paxos.Client.Typed;

/// <summary>Typed registers over <see cref="IRegisterClient"/>.</summary>
internal sealed class TypedRegisters(IRegisterClient client) : IRegisters
{
    public IRegister<T> Get<T>(string name)
    {
        RegisterName.Validate(name);
        return new TypedRegister<T>(name, client);
    }

    public ICounter Counter(string name)
    {
        RegisterName.Validate(name);
        return new TypedCounter(name, client);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix = "", CancellationToken cancellationToken = default)
    {
        RegisterName.ValidatePrefix(prefix);
        return client.ListNamesAsync(prefix, cancellationToken);
    }

    public IAsyncEnumerable<NamedValue<T>> ListValuesAsync<T>(string prefix = "", CancellationToken cancellationToken = default)
    {
        RegisterName.ValidatePrefix(prefix);
        return ValuesAsync<T>(prefix, cancellationToken);
    }

    public async IAsyncEnumerable<PrefixChanges<T>> WatchAsync<T>(
        string prefix = "", string cursor = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in client.WatchPrefixAsync(prefix, cursor, cancellationToken))
            yield return new PrefixChanges<T>([.. batch.Events.SelectMany(ValuesOf<T>)], batch.Cursor, batch.Begins, batch.Listed);
    }

    private IEnumerable<NamedValue<T>> ValuesOf<T>(PrefixEvent each)
    {
        var register = new TypedRegister<T>(each.Name, client);
        return register.ToValues(each.Versions).Select(value => new NamedValue<T>(each.Name, value));
    }

    private async IAsyncEnumerable<NamedValue<T>> ValuesAsync<T>(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (name, entry) in client.ListEntriesAsync(prefix, cancellationToken))
            yield return new NamedValue<T>(name, new TypedRegister<T>(name, client).ToValue(entry));
    }
}
