using System.Diagnostics.CodeAnalysis;

namespace Orleans.Paxos.Client.Gateways;

/// <summary>A table by register name that drops the names that were unused for longest. Any thread may use it.</summary>
internal sealed class LeastRecentlyUsed<TValue>(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<KeyValuePair<string, TValue>>> _nodes = [];
    private readonly LinkedList<KeyValuePair<string, TValue>> _byUse = [];

    public bool TryGet(string name, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(name, out var node))
            {
                value = default;
                return false;
            }

            Touch(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>
    /// Sets the value of a name to the result of <paramref name="update"/>, which gets the present value (the default when there is
    /// none).
    /// </summary>
    /// <returns>The value that was set.</returns>
    public TValue Update(string name, Func<TValue?, TValue> update)
    {
        lock (_gate)
        {
            var known = _nodes.TryGetValue(name, out var node);
            var value = update(known ? node!.Value.Value : default);
            if (known)
            {
                node!.Value = new(name, value);
                Touch(node);
            }
            else if (capacity > 0)
            {
                if (_nodes.Count >= capacity)
                    Forget(_byUse.First!);
                _nodes.Add(name, _byUse.AddLast(new KeyValuePair<string, TValue>(name, value)));
            }

            return value;
        }
    }

    public void Remove(string name)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(name, out var node))
                Forget(node);
        }
    }

    private void Touch(LinkedListNode<KeyValuePair<string, TValue>> node)
    {
        if (node.Next is null)
            return;
        _byUse.Remove(node);
        _byUse.AddLast(node);
    }

    private void Forget(LinkedListNode<KeyValuePair<string, TValue>> node)
    {
        _byUse.Remove(node);
        _nodes.Remove(node.Value.Key);
    }
}
