using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Step, persist, release, for many registers at once. The messages that wait at each register of a turn are stepped through the rules.
/// One commit persists the resulting records, and only then are they named in the feed and the answers released (I2). A register whose turn
/// is under way takes part in the next one. After a failure, its record is read again before the next step (I8).
/// </summary>
internal sealed class RegisterTurns(
    AcceptorStorage storage,
    AcceptorMembership membership,
    RegisterStore store,
    Watermarks watermarks,
    RegisterSlots slots,
    ChangeFeed feed,
    HistoryLimits limits)
{
    private List<RegisterSlot> _next = [];

    /// <summary>Hands a message to a register. It is answered after <see cref="Begin"/>.</summary>
    public void Post(string register, Message message)
    {
        var slot = slots.Use(register);
        slot.Add(message);
        if (slot.Busy)
            return;
        slot.Busy = true;
        _next.Add(slot);
    }

    /// <summary>Begins the turn of the registers that were idle and have got messages.</summary>
    public void Begin()
    {
        if (_next.Count == 0)
            return;
        var turn = _next;
        _next = [];
        if (store.CommitsTogether)
            _ = RunAsync(turn);
        else
            turn.ForEach(slot => _ = RunAsync([slot]));
    }

    private async Task RunAsync(List<RegisterSlot> turn)
    {
        while (turn.Count > 0)
        {
            turn.ForEach(static slot => slot.BeginTurn());
            await OpenAsync(turn);
            FailIfRetired(turn);
            var writes = Step(turn);
            if (writes.Count > 0)
                await store.CommitAsync(writes);
            if (!storage.IsExclusivelyOwned && writes.FindAll(static write => write.IsFirstState) is { Count: > 0 } first)
                await EnsureSetKeptAsync(first);
            Release(turn);
            turn = Following(turn);
        }
    }

    private async ValueTask OpenAsync(List<RegisterSlot> turn)
    {
        if (!storage.IsExclusivelyOwned)
            turn.FindAll(static slot => slot.HasRead).ForEach(static slot => slot.Cell = null);
        if (turn.Exists(static slot => !slot.IsOpen))
            await Task.WhenAll(turn.Where(static slot => !slot.IsOpen).Select(OpenAsync));
    }

    private async Task OpenAsync(RegisterSlot slot)
    {
        try
        {
            slot.Cell ??= await storage.OpenRegisterAsync(slot.Register);
            if (!slot.IsOpen)
                await OpenUnknownAsync(slot);
        }
        catch (Exception failure)
        {
            slot.Failure = failure;
        }
    }

    /// <summary>
    /// Finds out what an unknown register counts as. If another activation may write and forget it meanwhile, an empty record is stored first:
    /// it is gone then, and nothing can be written in its place by what is known here.
    /// </summary>
    private async Task OpenUnknownAsync(RegisterSlot slot)
    {
        var cell = slot.Cell!;
        if (storage.MayBeOvertaken && slot.HasWrite && !cell.Exists)
        {
            membership.ThrowIfRetired();
            await store.ClaimAsync(slot);
        }

        cell.StandFor((await watermarks.NowOfAsync(slot.Register)).Blank);
        await EnsureNeverWrittenAsync();
    }

    private static List<RecordWrite> Step(List<RegisterSlot> turn)
    {
        var writes = new List<RecordWrite>(turn.Count);
        foreach (var slot in turn.Where(static slot => slot.Failure is null))
        {
            try
            {
                var before = slot.Cell!.Value;
                var after = slot.Step();
                if (ReferenceEquals(before, after))
                    continue;
                Invariants.PromisesOnlyRise(before, after);
                writes.Add(new RecordWrite(slot, after, IsFirstState: before.Accepted.IsNone && !after.Accepted.IsNone));
            }
            catch (Exception failure)
            {
                slot.Failure = failure;
            }
        }

        return writes;
    }

    /// <summary>
    /// Answers nothing about names that are new if another activation has taken over another set meanwhile: it may have listed its names before.
    /// </summary>
    private async Task EnsureSetKeptAsync(List<RecordWrite> first)
    {
        try
        {
            await membership.EnsureStorageKeptAsync();
        }
        catch (Exception failure)
        {
            first.ForEach(write => write.Slot.Failure ??= failure);
        }
    }

    private void Release(List<RegisterSlot> turn)
    {
        FailIfRetired(turn);
        turn.ForEach(slot => slot.EndTurn(feed, limits));
    }

    /// <summary>An activation whose place was taken, or that must not vote any more, writes nothing and answers nothing.</summary>
    private void FailIfRetired(List<RegisterSlot> turn)
    {
        if (membership.Retired() is { } retired)
            turn.ForEach(slot => slot.Failure ??= retired);
    }

    private List<RegisterSlot> Following(List<RegisterSlot> turn)
    {
        var following = turn.FindAll(static slot => slot.HasWaiting);
        foreach (var slot in turn)
        {
            if (slot.HasWaiting)
                continue;
            slot.Busy = false;
            slots.Weigh(slot);
        }

        return following;
    }

    /// <summary>
    /// Ensures that a record that did not exist was really never written, or forgotten. It may also have been lost with the whole storage while
    /// the acceptor was running (I9).
    /// </summary>
    private Task EnsureNeverWrittenAsync() =>
        storage.IsExclusivelyOwned ? Task.CompletedTask : membership.EnsureStorageKeptAsync();
}

/// <summary>A record that a turn has produced.</summary>
/// <param name="Slot">Its register, with the record as it is stored now.</param>
/// <param name="Record">The record to store.</param>
/// <param name="IsFirstState">Whether it has a state and the one that it replaces has none, so that the register's name is new.</param>
internal readonly record struct RecordWrite(RegisterSlot Slot, AcceptorRecord Record, bool IsFirstState);
