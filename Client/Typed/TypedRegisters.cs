using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Client.Typed;

/// <summary>Typed registers over <see cref="IRegisterClient"/>.</summary>
internal sealed class TypedRegisters(IRegisterClient client) : IRegisters
{
    private const int PageSize = 1000;

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
        return NamesAsync(prefix, cancellationToken);
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

    private async IAsyncEnumerable<string> NamesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NamePage page;
        var after = "";
        do
        {
            page = await client.ListPageAsync(prefix, after, PageSize, cancellationToken);
            foreach (var name in page.Names)
                yield return after = name;
        }
        while (page.More);
    }

    private async IAsyncEnumerable<NamedValue<T>> ValuesAsync<T>(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EntryPage page;
        var after = "";
        do
        {
            page = await client.ListEntriesPageAsync(prefix, after, PageSize, cancellationToken);
            foreach (var (name, entry) in page.Entries)
                yield return new NamedValue<T>(after = name, new TypedRegister<T>(name, client).ToValue(entry));
        }
        while (page.More);
    }
}
