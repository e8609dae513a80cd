using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// One register at one acceptor. All messages that wait are stepped through the rules one after another, the record they
/// leave is persisted by one write, and only then are their answers released (I2): step, persist, release. One write is
/// in flight at a time. After a write that failed, the record is read again before the next step (I8).
/// </summary>
internal sealed class RegisterSlot(
    string register, AcceptorStorage storage, AcceptorMembership membership, RegisterStore store)
{
    private readonly Queue<Message> _waiting = new();
    private RecordCell<AcceptorRecord>? _cell;

    /// <summary>Whether messages wait or a write is in flight.</summary>
    public bool Busy { get; private set; }

    /// <summary>About how much memory the slot takes, in bytes.</summary>
    public long MemoryBytes => 512 + (2 * register.Length) + (_cell?.StoredBytes ?? 0);

    /// <summary>Hands in a message; the answer comes by its task. The returned task ends when the slot is idle again; null when it was busy already.</summary>
    public Task? Post(Message message)
    {
        _waiting.Enqueue(message);
        return Busy ? null : RunAsync();
    }

    private async Task RunAsync()
    {
        Busy = true;
        while (_waiting.Count > 0)
        {
            var batch = _waiting.ToArray();
            _waiting.Clear();
            try
            {
                await StepAndPersistAsync(batch);
            }
            catch (Exception exception)
            {
                _cell = null;
                foreach (var message in batch)
                    message.Fail(exception);
                continue;
            }

            foreach (var message in batch)
                message.Release();
        }

        Busy = false;
    }

    private async Task<RecordCell<AcceptorRecord>> OpenAsync()
    {
        var cell = await storage.OpenRegisterAsync(register);
        await EnsureNeverWrittenAsync(cell.Exists);
        return cell;
    }

    /// <summary>
    /// A record that is not there, or was not until it was written, was never written before, or was lost with the whole
    /// storage while the acceptor ran on (I9).
    /// </summary>
    private Task EnsureNeverWrittenAsync(bool existed) =>
        existed || storage.IsExclusivelyOwned ? Task.CompletedTask : membership.EnsureStorageKeptAsync();

    private async Task StepAndPersistAsync(Message[] batch)
    {
        if (!storage.IsExclusivelyOwned && Array.Exists(batch, message => message.IsRead))
            _cell = null;
        var cell = _cell ??= await OpenAsync();
        var before = cell.Value;
        var after = before;
        foreach (var message in batch)
            after = message.Step(after);
        if (ReferenceEquals(before, after))
            return;

        Invariants.PromisesOnlyRise(before, after);
        var existed = cell.Exists;
        await store.WriteAsync(register, cell, after);
        await EnsureNeverWrittenAsync(existed);
    }
}
