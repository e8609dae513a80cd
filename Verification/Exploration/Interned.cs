namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Assigns the same small number to equal values, so that a world consists of a few numbers. 0 means no value.</summary>
/// <param name="keyOf">Gets the key by which values are compared.</param>
internal sealed class Interned<TValue, TKey>(Func<TValue, TKey> keyOf)
    where TKey : notnull
{
    private readonly Dictionary<TKey, ushort> _numbers = [];
    private readonly List<TValue> _values = [];

    public TValue this[ushort number] => _values[number - 1];

    public ushort NumberOf(TValue value)
    {
        var key = keyOf(value);
        if (_numbers.TryGetValue(key, out var number))
            return number;
        _values.Add(value);
        number = checked((ushort)_values.Count);
        _numbers.Add(key, number);
        return number;
    }
}
