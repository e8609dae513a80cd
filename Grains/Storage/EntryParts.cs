namespace Orleans.Paxos.Storage;

/// <summary>The parts that several record formats share.</summary>
internal static class EntryParts
{
    public static void WriteBallot(RecordWriter writer, Ballot ballot)
    {
        writer.Number(ballot.Round);
        writer.Id(ballot.Proposer);
    }

    public static Ballot ReadBallot(RecordReader reader) => new(reader.Number(), reader.Id());

    public static void WriteEntry(RecordWriter writer, RegisterEntry entry)
    {
        writer.Number(entry.Version);
        writer.Byte(entry.Deleted ? (byte)1 : (byte)0);
        writer.Id(entry.RequestId);
        writer.Number(entry.At.UtcTicks);
        writer.Bytes(entry.Value);
    }

    public static RegisterEntry ReadEntry(RecordReader reader)
    {
        var version = reader.Number();
        var deleted = reader.Byte() == 1;
        var requestId = reader.Id();
        var at = new DateTimeOffset(reader.Number(), TimeSpan.Zero);
        return new RegisterEntry(version, reader.Bytes(), deleted, requestId, at);
    }
}
