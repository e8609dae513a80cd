using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Registers without a value, in memory, for storage that cannot list them: those whose records this activation wrote, and those that it finds
/// as it walks through all names once. It may list registers that have a value again; whoever forgets looks at each of them.
/// </summary>
internal sealed class RememberedEmptyRegisters(NameIndex names, AcceptorStorage storage) : IEmptyRegisters
{
    private const int MostKeys = 100_000;
    private const string AfterAllKeys = "g"; // keys begin with hexadecimal digits

    private readonly SortedSet<string> _keys = new(StringComparer.Ordinal);
    private string? _walkedTo = "";
    private bool _missedSome;

    /// <summary>Takes note of a register's record that was stored.</summary>
    public void Note(string register, AcceptorRecord record)
    {
        _keys.Remove(KeyOfUnknown(register));
        if (EmptyRegister.KeyOf(register, record) is { } key)
            Add(key);
    }

    /// <summary>Takes note that it is not known what record a register has.</summary>
    public void NoteUnknown(string register) => Add(KeyOfUnknown(register));

    public async Task<EmptyPage> ReadAsync(string after, DateTimeOffset until, int count)
    {
        if (_walkedTo is { } walkedTo)
            _walkedTo = await WalkAsync(walkedTo, count);
        var due = _keys.GetViewBetween(after, AfterAllKeys).Where(key => key != after).Take(count).Select(EmptyRegister.Of).TakeWhile(register => register.At <= until).ToList();
        if (due.Count == count)
            return new EmptyPage(due, due[^1].Key);
        if (_missedSome && _walkedTo is null && _keys.Count < MostKeys / 2)
            (_walkedTo, _missedSome) = ("", false);
        return new EmptyPage(due, _walkedTo is null ? null : "");
    }

    public Task SettleAsync(IReadOnlyCollection<EmptyRegister> settled) => Task.WhenAll(settled.Select(SettleAsync));

    /// <summary>
    /// Drops an entry, and then looks at the record: who stores another one takes note of it afterwards. If the record is gone, or holds nothing and
    /// is removed, its name goes.
    /// </summary>
    private async Task SettleAsync(EmptyRegister settled)
    {
        _keys.Remove(settled.Key);
        try
        {
            var cell = await storage.OpenRegisterAsync(settled.Register);
            if (!cell.Value.IsUnknown)
            {
                Note(settled.Register, cell.Value);
                return;
            }

            await cell.ClearAsync();
            await names.RemoveAsync(settled.Register, async register => !(await storage.OpenRegisterAsync(register)).Exists);
        }
        catch
        {
            _keys.Add(settled.Key);
            throw;
        }
    }

    private static string KeyOfUnknown(string register) => EmptyRegister.KeyOf(register, AcceptorRecord.Blank)!;

    private void Add(string key)
    {
        if (_keys.Count < MostKeys)
            _keys.Add(key);
        else
            _missedSome = true;
    }

    /// <summary>Looks at some names.</summary>
    /// <returns>The last one; null if it has looked at all of them.</returns>
    private async Task<string?> WalkAsync(string after, int count)
    {
        var page = await names.EnumerateAsync("", after).Take(count).ToListAsync();
        var cells = await Task.WhenAll(page.Select(storage.OpenRegisterAsync));
        foreach (var (name, cell) in page.Zip(cells))
            Note(name, cell.Value);
        return page.Count == count ? page[^1] : null;
    }
}
