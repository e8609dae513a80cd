namespace Orleans.Paxos.Storage;

/// <summary>The parts that several record formats share.</summary>
internal static class EntryParts
{
    private const byte Deleted = 1;
    private const byte Guarded = 2;
    private const byte OfSession = 4;

    public static void WriteBallot(RecordWriter writer, Ballot ballot)
    {
        writer.Number(ballot.Round);
        writer.Id(ballot.Proposer);
    }

    public static Ballot ReadBallot(RecordReader reader) => new(reader.Number(), reader.Id());

    public static void WriteEntry(RecordWriter writer, RegisterEntry entry)
    {
        writer.Number(entry.Version);
        writer.Byte((byte)((entry.Deleted ? Deleted : 0) | (entry.Guard is null ? 0 : Guarded) | (entry.Session is null ? 0 : OfSession)));
        writer.Id(entry.RequestId);
        writer.Number(entry.At.UtcTicks);
        writer.Bytes(entry.Value);
        if (entry.Guard is { } guard)
        {
            writer.Text(guard.Lock);
            writer.Number(guard.Token);
        }

        if (entry.Session is { } session)
            writer.Id(session);
    }

    public static RegisterEntry ReadEntry(RecordReader reader)
    {
        var version = reader.Number();
        var parts = reader.Byte();
        var requestId = reader.Id();
        var at = new DateTimeOffset(reader.Number(), TimeSpan.Zero);
        return new RegisterEntry(version, reader.Bytes(), (parts & Deleted) != 0, requestId, at)
        {
            Guard = (parts & Guarded) != 0 ? new Fence(reader.Text(), reader.Number()) : null,
            Session = (parts & OfSession) != 0 ? reader.Id() : null,
        };
    }
}
