namespace Orleans.Paxos.Storage;

/// <summary>A chunk of replaced entries.</summary>
internal sealed class HistoryChunkFormat : RecordFormat<ImmutableArray<RegisterEntry>>
{
    public override string Name => "history chunk";

    public override ImmutableArray<RegisterEntry> Blank => [];

    protected override byte Kind => 2;

    /// <summary>Entries of version 1 had no guards and sessions.</summary>
    protected override byte Version => 2;

    protected override byte OldestVersion => 1;

    protected override void WriteBody(RecordWriter writer, ImmutableArray<RegisterEntry> value) =>
        writer.Each(value, EntryParts.WriteEntry);

    protected override ImmutableArray<RegisterEntry> ReadBody(RecordReader reader) => reader.Each(EntryParts.ReadEntry);
}
