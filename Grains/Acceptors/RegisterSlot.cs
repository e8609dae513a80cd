using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>One register at one acceptor, in memory: its record as it was last read or written, and the messages that wait for it.</summary>
internal sealed class RegisterSlot(string register)
{
    private List<Message> _waiting = [];
    private List<Message> _inTurn = [];
    private Ballot _named = Ballot.None;

    public string Register => register;

    /// <summary>The record; null when it must be read before the next step (I8).</summary>
    public RecordCell<AcceptorRecord>? Cell { get; set; }

    /// <summary>Whether messages wait or are in a turn.</summary>
    public bool Busy { get; set; }

    /// <summary>Whether messages came during the turn.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Why the turn's messages are not answered; null while nothing has failed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether the turn must answer a read.</summary>
    public bool HasRead => _inTurn.Exists(static message => message.IsRead);

    /// <summary>Whether the turn may change the record.</summary>
    public bool HasWrite => _inTurn.Exists(static message => !message.IsRead);

    /// <summary>Whether the record was read, and something was promised in it.</summary>
    public bool IsOpen => Cell is { Exists: true, Value.Promised.IsNone: false };

    /// <summary>The approximate memory use of the slot, in bytes.</summary>
    public long MemoryBytes => 512 + (2 * register.Length) + (Cell?.StoredBytes ?? 0);

    /// <summary>The memory use that was last counted.</summary>
    public long CountedBytes { get; set; }

    public void Add(Message message) => _waiting.Add(message);

    /// <summary>Begins a turn with the messages that wait.</summary>
    public void BeginTurn()
    {
        (_inTurn, _waiting) = (_waiting, _inTurn);
        Failure = null;
    }

    /// <summary>Steps the turn's messages through the rules one after another.</summary>
    /// <returns>The resulting record.</returns>
    public AcceptorRecord Step()
    {
        var record = Cell!.Value;
        foreach (var message in _inTurn)
            record = message.Step(record);
        return record;
    }

    /// <summary>Ends the turn: names the state and releases the answers, or reports the failure and forgets the record.</summary>
    public void EndTurn(ChangeFeed feed, HistoryLimits limits)
    {
        if (Failure is null)
            Name(Cell!.Value, feed, limits);
        else
            Cell = null;
        foreach (var message in _inTurn)
        {
            if (Failure is null)
                message.Release();
            else
                message.Fail(Failure);
        }

        _inTurn.Clear();
    }

    /// <summary>
    /// Names an accepted state before anything is answered from it, whether it was written now or found in the storage: a write that failed
    /// may have been durable after all.
    /// </summary>
    private void Name(AcceptorRecord record, ChangeFeed feed, HistoryLimits limits)
    {
        if (record.Accepted == _named)
            return;
        _named = record.Accepted;
        if (_named.IsNone) // it was forgotten
            return;
        var above = record.State.Version - record.State.Entries.Length;
        feed.Add(new FeedItem(register, record.Accepted, above < limits.FirstVersion(record.State) ? 0 : above));
    }
}
