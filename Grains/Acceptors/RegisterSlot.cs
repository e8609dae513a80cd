using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// One register at one acceptor: step, persist, release. The waiting messages are stepped through the rules one after another. One write
/// persists the resulting record, and only then are the answers released (I2). One write is in flight at a time. After a failed write,
/// the record is read again before the next step (I8).
/// </summary>
internal sealed class RegisterSlot(
    string register, AcceptorStorage storage, AcceptorMembership membership, RegisterStore store)
{
    private readonly Queue<Message> _waiting = new();
    private RecordCell<AcceptorRecord>? _cell;

    /// <summary>Whether messages wait or a write is in flight.</summary>
    public bool Busy { get; private set; }

    /// <summary>The approximate memory use of the slot, in bytes.</summary>
    public long MemoryBytes => 512 + (2 * register.Length) + (_cell?.StoredBytes ?? 0);

    /// <summary>Queues a message, which completes its own task with the answer.</summary>
    /// <returns>A task that ends when the slot is idle again; null when the slot was already busy.</returns>
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
                membership.EnsureNotStopped();
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
    /// Ensures that a record that did not exist was really never written. It may also have been lost with the whole storage while the
    /// acceptor was running (I9).
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

/// <summary>
/// A message that waits for its turn at a register. It is stepped, and then released once what it reveals is durable (I2).
/// </summary>
internal abstract class Message
{
    /// <summary>Whether the message is a read, whose answer must come from storage when others can write there.</summary>
    public abstract bool IsRead { get; }

    /// <summary>Computes the answer and the resulting record, but does not release the answer.</summary>
    public abstract AcceptorRecord Step(AcceptorRecord record);

    /// <summary>Releases the answer.</summary>
    public abstract void Release();

    /// <summary>Reports that there is no answer.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A message with its answer.</summary>
/// <typeparam name="TReply">The answer's type.</typeparam>
internal sealed class Message<TReply>(bool isRead, Func<AcceptorRecord, (AcceptorRecord Record, TReply Reply)> step) : Message
{
    private readonly TaskCompletionSource<TReply> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TReply? _reply;

    public Task<TReply> Released => _released.Task;

    public override bool IsRead => isRead;

    public override AcceptorRecord Step(AcceptorRecord record)
    {
        (record, _reply) = step(record);
        return record;
    }

    public override void Release() => _released.SetResult(_reply!);

    public override void Fail(Exception exception) => _released.SetException(exception);
}
