namespace Orleans.Paxos;

/// <summary>An acceptor's record of one register.</summary>
internal sealed class AcceptorRecordFormat : RecordFormat<AcceptorRecord>
{
    public override string Name => "acceptor record";

    public override AcceptorRecord Blank => AcceptorRecord.Blank;

    protected override byte Kind => 1;

    protected override void WriteBody(RecordWriter writer, AcceptorRecord value)
    {
        EntryParts.WriteBallot(writer, value.Promised);
        EntryParts.WriteBallot(writer, value.Accepted);
        writer.Each(value.State.Entries, EntryParts.WriteEntry);
        writer.Each(value.State.Window, static (each, item) =>
        {
            each.Id(item.RequestId);
            each.Number(item.ValueBytes);
        });
        writer.Each(value.State.Refusals, static (each, refusal) =>
        {
            each.Id(refusal.RequestId);
            each.Number(refusal.Version);
            each.Byte((byte)refusal.Status);
        });
        writer.Each(value.Replaced, EntryParts.WriteEntry);
        writer.Each(value.Chunks, static (each, chunk) =>
        {
            each.Id(chunk.Id);
            each.Number(chunk.FirstVersion);
            each.Number(chunk.LastVersion);
        });
    }

    protected override AcceptorRecord ReadBody(RecordReader reader)
    {
        var promised = EntryParts.ReadBallot(reader);
        var accepted = EntryParts.ReadBallot(reader);
        var entries = reader.Each(EntryParts.ReadEntry);
        var window = reader.Each(static each => new WindowItem(each.Id(), checked((int)each.Number())));
        var refusals = reader.Each(static each => new Refusal(each.Id(), each.Number(), (ChangeStatus)each.Byte()));
        var state = new RegisterState(window, entries, refusals);
        var replaced = reader.Each(EntryParts.ReadEntry);
        var chunks = reader.Each(static each => new HistoryChunk(each.Id(), each.Number(), each.Number()));
        var record = new AcceptorRecord(promised, accepted, state, replaced, chunks);
        Invariants.WellFormed(state);
        Invariants.PromisesOnlyRise(AcceptorRecord.Blank, record);
        return record;
    }
}
