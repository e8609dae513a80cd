namespace Orleans.Paxos.Storage;

/// <summary>A replaced entry in the history.</summary>
internal sealed class ReplacedEntryFormat : RecordFormat<RegisterEntry>
{
    public override string Name => "replaced entry";

    public override RegisterEntry Blank => throw new InvalidOperationException("There is no blank entry.");

    protected override byte Kind => 5;

    /// <summary>Entries of version 1 had no guards and sessions.</summary>
    protected override byte Version => 2;

    protected override byte OldestVersion => 1;

    protected override void WriteBody(RecordWriter writer, RegisterEntry value) => EntryParts.WriteEntry(writer, value);

    protected override RegisterEntry ReadBody(RecordReader reader) => EntryParts.ReadEntry(reader);
}
