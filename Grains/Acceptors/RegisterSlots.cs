namespace Orleans.Paxos.Acceptors;

/// <summary>The registers that an acceptor has in memory. When they exceed a limit, the least recently used ones are dropped.</summary>
internal sealed class RegisterSlots(long maxBytes)
{
    private readonly Dictionary<string, LinkedListNode<RegisterSlot>> _slots = [];
    private readonly LinkedList<RegisterSlot> _byUse = new();
    private long _bytes;

    /// <summary>Returns a register's slot, which becomes the most recently used one.</summary>
    public RegisterSlot Use(string register)
    {
        if (_slots.TryGetValue(register, out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            node = new LinkedListNode<RegisterSlot>(new RegisterSlot(register));
            _slots.Add(register, node);
        }

        _byUse.AddLast(node);
        return node.Value;
    }

    /// <summary>Counts the memory of a slot that has become idle.</summary>
    public void Weigh(RegisterSlot slot)
    {
        _bytes += slot.MemoryBytes - slot.CountedBytes;
        slot.CountedBytes = slot.MemoryBytes;
        for (var node = _byUse.First; node is not null && _bytes > maxBytes;)
        {
            var next = node.Next;
            if (!node.Value.Busy)
                Drop(node);
            node = next;
        }
    }

    private void Drop(LinkedListNode<RegisterSlot> node)
    {
        _bytes -= node.Value.CountedBytes;
        _byUse.Remove(node);
        _slots.Remove(node.Value.Register);
    }
}
