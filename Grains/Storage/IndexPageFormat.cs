namespace Orleans.Paxos.Storage;

/// <summary>A page of an acceptor's index of names.</summary>
internal sealed class IndexPageFormat : RecordFormat<IndexPage>
{
    public override string Name => "page of names";

    public override IndexPage Blank => IndexPage.Blank;

    protected override byte Kind => 3;

    protected override void WriteBody(RecordWriter writer, IndexPage value)
    {
        writer.Each(value.Keys, static (each, key) => each.Text(key));
        writer.Each(value.Children, static (each, child) => each.Id(child));
        writer.Text(value.End);
        writer.Id(value.Right);
    }

    protected override IndexPage ReadBody(RecordReader reader) => new(
        reader.Each(static each => each.Text()),
        reader.Each(static each => each.Id()),
        reader.Text(),
        reader.Id());
}
