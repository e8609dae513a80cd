using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>Removes the records of registers that may be forgotten, or were only promised for, once watermarks are above all that they hold.</summary>
internal sealed class RecordRemoval(Watermarks watermarks, RegisterDesk desk)
{
    /// <summary>Raises the watermarks, and then removes the records that hold nothing more meanwhile.</summary>
    /// <returns>The registers whose records were removed.</returns>
    public async Task<IReadOnlyList<HeldRegister>> RemoveAsync(IReadOnlyList<HeldRegister> registers)
    {
        if (registers.Count == 0)
            return [];
        var buckets = await watermarks.RaiseAsync([.. registers.Select(static each => (each.Name.Register, each.Watermark))]);
        var batch = new Batch<(HeldRegister Held, Watermark Bucket)>([.. registers.Zip(buckets)]);
        var replies = await desk.AskAsync(batch, static each => each.Held.Name.Register, new Questions<(HeldRegister Held, Watermark Bucket), Removed>(
            batch, isRead: false, static (record, each) => Remove(record, each.Bucket, each.Held), static _ => { }));
        return [.. registers.Where((_, index) => replies.Items[index] is { IsRemoved: true })];
    }

    private static (AcceptorRecord Record, Removed Reply) Remove(AcceptorRecord record, Watermark bucket, HeldRegister held)
    {
        var after = held.Record.Accepted.IsNone ? AcceptorRules.ForgetPromise(record, bucket) : AcceptorRules.Forget(record, bucket, held.End);
        return (after, new Removed(!ReferenceEquals(record, after)));
    }

    /// <summary>Whether a record was removed.</summary>
    private sealed record Removed(bool IsRemoved);
}

/// <summary>A register that was only promised for, or has ended, as an acceptor holds it.</summary>
/// <param name="Name">Its entry in the list of registers without a value.</param>
/// <param name="Record">Its record.</param>
internal readonly record struct HeldRegister(EmptyRegister Name, AcceptorRecord Record)
{
    /// <summary>Its end.</summary>
    public EndedRegister End => new(Name.Register, Record.Accepted, Record.State.Origin.Version);

    /// <summary>The watermark that covers all that is held of it.</summary>
    public Watermark Watermark => new(Record.Accepted.IsNone ? Record.State.Origin : new RegisterOrigin(End.Version, End.Version), Record.Promised.Round);
}
