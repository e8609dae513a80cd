using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Storage;

/// <summary>An acceptor's record of one register.</summary>
internal sealed class AcceptorRecordFormat : RecordFormat<AcceptorRecord>
{
    private const int Deleted = 1;
    private const int Counter = 2;
    private const int Guarded = 4;
    private const int Kinds = 8;

    public override string Name => "acceptor record";

    public override AcceptorRecord Blank => AcceptorRecord.Blank;

    protected override byte Kind => 1;

    /// <summary>Version 1 had no hashes in the window, version 2 no origin, version 3 no guards, sessions and counters.</summary>
    protected override byte Version => 4;

    protected override byte OldestVersion => 1;

    protected override void WriteBody(RecordWriter writer, AcceptorRecord value)
    {
        EntryParts.WriteBallot(writer, value.Promised);
        EntryParts.WriteBallot(writer, value.Accepted);
        writer.Each(value.State.Entries, EntryParts.WriteEntry);
        writer.Each(value.State.Window, WriteItem);
        writer.Each(value.Replaced, EntryParts.WriteEntry);
        writer.Each(value.Chunks, static (each, chunk) =>
        {
            each.Id(chunk.Id);
            each.Number(chunk.FirstVersion);
            each.Number(chunk.LastVersion);
        });
        writer.Number(value.State.Origin.Version);
        writer.Number(value.State.Origin.Forgotten);
    }

    protected override AcceptorRecord ReadBody(RecordReader reader)
    {
        var promised = EntryParts.ReadBallot(reader);
        var accepted = EntryParts.ReadBallot(reader);
        var entries = reader.Each(EntryParts.ReadEntry);
        var window = reader.Each(ReadItem);
        var replaced = reader.Each(EntryParts.ReadEntry);
        var chunks = reader.Each(static each => new HistoryChunk(each.Id(), each.Number(), each.Number()));
        var origin = reader.FormatVersion < 3 ? default : new RegisterOrigin(reader.Number(), reader.Number());
        var state = new RegisterState(window, entries, origin);
        var record = new AcceptorRecord(promised, accepted, state, replaced, chunks);
        Invariants.WellFormed(state);
        Invariants.PromisesOnlyRise(AcceptorRecord.Blank, record);
        return record;
    }

    /// <summary>
    /// Writes an item of the window. Every change writes the whole window, so an item's size and what its value is share one number.
    /// </summary>
    private static void WriteItem(RecordWriter writer, WindowItem item)
    {
        writer.Id(item.RequestId);
        writer.Number(((long)Kinds * item.ValueBytes) + (item.Deleted ? Deleted : 0) + (item.IsCounter ? Counter : 0) + (item.GuardHash == 0 ? 0 : Guarded));
        writer.Fixed32(item.ValueHash);
        if (item.GuardHash != 0)
            writer.Fixed32(item.GuardHash);
    }

    private static WindowItem ReadItem(RecordReader reader)
    {
        var requestId = reader.Id();
        var sizeAndKind = reader.Number();
        var hash = reader.FormatVersion == 1 ? 0 : reader.Fixed32();
        var isDeleted = (sizeAndKind & Deleted) != 0;
        if (reader.FormatVersion < 4)
            return new WindowItem(requestId, checked((int)(sizeAndKind / 2)), isDeleted, hash);
        var guardHash = (sizeAndKind & Guarded) != 0 ? reader.Fixed32() : 0;
        return new WindowItem(requestId, checked((int)(sizeAndKind / Kinds)), isDeleted, hash, (sizeAndKind & Counter) != 0, guardHash);
    }
}
