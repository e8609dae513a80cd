namespace Orleans.Paxos.Acceptors;

/// <summary>The registers that an acceptor has in memory. When they exceed a limit, the least recently used ones are dropped.</summary>
internal sealed class RegisterSlots(Func<string, RegisterSlot> create, long maxBytes)
{
    private readonly Dictionary<string, LinkedListNode<Kept>> _slots = [];
    private readonly LinkedList<Kept> _byUse = new();
    private long _bytes;

    /// <summary>Hands a message to a register's slot.</summary>
    public Task<TReply> PostAsync<TReply>(string register, Message<TReply> message)
    {
        var node = Use(register);
        if (node.Value.Slot.Post(message) is { } idle)
            WeighWhenIdle(idle, node);
        return message.Released;
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

    private void WeighWhenIdle(Task idle, LinkedListNode<Kept> node)
    {
        if (idle.IsCompleted)
            Weigh(node);
        else
            _ = WeighAfterAsync(idle, node);
    }

    private async Task WeighAfterAsync(Task idle, LinkedListNode<Kept> node)
    {
        await idle;
        Weigh(node);
    }

    private void Weigh(LinkedListNode<Kept> node)
    {
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
