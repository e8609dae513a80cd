namespace Orleans.Paxos.Storage;

/// <summary>An acceptor's record of itself. Before version 2, there were first sets only.</summary>
internal sealed class AcceptorIdentityFormat : RecordFormat<AcceptorIdentity?>
{
    public override string Name => "acceptor identity";

    public override AcceptorIdentity? Blank => null;

    protected override byte Kind => 4;

    protected override byte Version => 2;

    protected override byte OldestVersion => 1;

    protected override void WriteBody(RecordWriter writer, AcceptorIdentity? value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.Text(value.Acceptor);
        writer.Number(value.Set.Epoch);
        writer.Number(value.Set.Since);
        WriteMembers(writer, value.Set.Members);
        WriteMembers(writer, value.Set.Former);
        writer.Each(value.Set.Ancestors, static (each, ancestor) =>
        {
            each.Number(ancestor.Epoch);
            each.Number((long)ancestor.Fingerprint);
        });
        writer.Id(value.Incarnation);
        writer.Byte((byte)((value.Voting ? 1 : 0) + (value.WasEnrolled ? 2 : 0)));
        writer.Each(value.Notes, static (each, note) =>
        {
            each.Text(note.Acceptor);
            each.Id(note.Incarnation);
        });
    }

    protected override AcceptorIdentity ReadBody(RecordReader reader)
    {
        var acceptor = reader.Text();
        var epoch = reader.Number();
        var set = reader.FormatVersion == 1
            ? new AcceptorSet(reader.Each(static each => each.Text()), epoch)
            : ReadSet(reader, epoch);
        var incarnation = reader.Id();
        var flags = reader.Byte();
        var notes = reader.Each(static each => new AcceptorNote(each.Text(), each.Id()));
        return new AcceptorIdentity(acceptor, set, incarnation, Voting: (flags & 1) != 0, notes, WasEnrolled: (flags & 2) != 0);
    }

    private static AcceptorSet ReadSet(RecordReader reader, long epoch)
    {
        var since = reader.Number();
        var members = ReadMembers(reader);
        var former = ReadMembers(reader);
        return AcceptorSet.Restore(members, former, epoch, since, reader.Each(static each => new AcceptorSetId(each.Number(), (ulong)each.Number())));
    }

    private static void WriteMembers(RecordWriter writer, ImmutableArray<AcceptorMember> members) => writer.Each(members, static (each, member) =>
    {
        each.Text(member.Name);
        each.Id(member.Incarnation);
    });

    private static ImmutableArray<AcceptorMember> ReadMembers(RecordReader reader) =>
        reader.Each(static each => new AcceptorMember(each.Text(), each.Id()));
}
