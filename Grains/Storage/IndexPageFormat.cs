namespace Orleans.Paxos.Storage;

/// <summary>A page of an acceptor's index of names.</summary>
internal sealed class IndexPageFormat : RecordFormat<IndexPage>
{
    public override string Name => "page of names";

    public override IndexPage Blank => IndexPage.Blank;

    protected override byte Kind => 3;

    /// <summary>Version 1 had no sealed pages.</summary>
    protected override byte Version => 2;

    protected override byte OldestVersion => 1;

    protected override void WriteBody(RecordWriter writer, IndexPage value)
    {
        writer.Each(value.Keys, static (each, key) => each.Text(key));
        writer.Each(value.Children, static (each, child) => each.Id(child));
        writer.Text(value.End);
        writer.Id(value.Right);
        writer.Byte(value.IsSealed ? (byte)1 : (byte)0);
    }

    protected override IndexPage ReadBody(RecordReader reader) => new(
        reader.Each(static each => each.Text()),
        reader.Each(static each => each.Id()),
        reader.Text(),
        reader.Id(),
        IsSealed: reader.FormatVersion > 1 && reader.Byte() == 1);
}
