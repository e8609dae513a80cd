namespace Orleans.Paxos;

/// <summary>The registers that an acceptor has in memory; those used longest ago are let go when they grow over a limit.</summary>
internal sealed class RegisterSlots(Func<string, RegisterSlot> create, long maxBytes)
{
    private readonly Dictionary<string, LinkedListNode<Kept>> _slots = [];
    private readonly LinkedList<Kept> _byUse = new();
    private long _bytes;

    /// <summary>Hands a message to a register's slot.</summary>
    public async Task<TReply> PostAsync<TReply>(string register, Message<TReply> message)
    {
        var node = Use(register);
        var idle = node.Value.Slot.Post(message);
        if (idle is not null)
            _ = WeighWhenIdleAsync(idle, node);
        return await message.Released;
    }

    private LinkedListNode<Kept> Use(string register)
    {
        if (_slots.TryGetValue(register, out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            node = new LinkedListNode<Kept>(new Kept(register, create(register)));
            _slots.Add(register, node);
        }

        _byUse.AddLast(node);
        return node;
    }

    private async Task WeighWhenIdleAsync(Task idle, LinkedListNode<Kept> node)
    {
        await idle;
        _bytes += node.Value.Slot.MemoryBytes - node.Value.Bytes;
        node.ValueRef.Bytes = node.Value.Slot.MemoryBytes;
        LetGo();
    }

    private void LetGo()
    {
        for (var node = _byUse.First; node is not null && _bytes > maxBytes;)
        {
            var next = node.Next;
            if (!node.Value.Slot.Busy)
            {
                _bytes -= node.Value.Bytes;
                _byUse.Remove(node);
                _slots.Remove(node.Value.Register);
            }

            node = next;
        }
    }

    private record struct Kept(string Register, RegisterSlot Slot)
    {
        public long Bytes { get; set; }
    }
}
