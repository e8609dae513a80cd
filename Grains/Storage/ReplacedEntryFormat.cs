namespace Orleans.Paxos.Storage;

/// <summary>A replaced entry in a log.</summary>
internal sealed class ReplacedEntryFormat : RecordFormat<RegisterEntry>
{
    public override string Name => "logged entry";

    public override RegisterEntry Blank => throw new InvalidOperationException("There is no blank entry.");

    protected override byte Kind => 5;

    protected override void WriteBody(RecordWriter writer, RegisterEntry value) => EntryParts.WriteEntry(writer, value);

    protected override RegisterEntry ReadBody(RecordReader reader) => EntryParts.ReadEntry(reader);
}
