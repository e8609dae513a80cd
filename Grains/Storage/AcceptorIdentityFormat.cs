namespace Orleans.Paxos.Storage;

/// <summary>An acceptor's record of itself.</summary>
internal sealed class AcceptorIdentityFormat : RecordFormat<AcceptorIdentity?>
{
    public override string Name => "acceptor identity";

    public override AcceptorIdentity? Blank => null;

    protected override byte Kind => 4;

    protected override void WriteBody(RecordWriter writer, AcceptorIdentity? value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.Text(value.Acceptor);
        writer.Number(value.Epoch);
        writer.Each(value.Names, static (each, name) => each.Text(name));
        writer.Id(value.Incarnation);
        writer.Byte(value.Voting ? (byte)1 : (byte)0);
        writer.Each(value.Notes, static (each, note) =>
        {
            each.Text(note.Acceptor);
            each.Id(note.Incarnation);
        });
    }

    protected override AcceptorIdentity ReadBody(RecordReader reader) => new(
        reader.Text(),
        reader.Number(),
        reader.Each(static each => each.Text()),
        reader.Id(),
        reader.Byte() == 1,
        reader.Each(static each => new AcceptorNote(each.Text(), each.Id())));
}
