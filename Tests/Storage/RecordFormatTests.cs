using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Storage;

/// <summary>The bytes of every kind of record are fixed: every later version reads what an earlier version wrote.</summary>
public sealed class RecordFormatTests
{
    private static readonly Guid Proposer = new("11111111-2222-3333-4444-555555555555");
    private static readonly Guid Request = new("66666666-7777-8888-9999-aaaaaaaaaaaa");
    private static readonly RegisterEntry Entry = new(300, [1, 2, 3], false, Request, Requests.At);

    private static readonly RegisterEntry Guarded = Entry with { Version = 301, Value = "-17"u8.ToArray(), Guard = new Fence("jobs/é", 299), Session = Proposer };

    private static readonly AcceptorRecord Record = new(
        new Ballot(9, Proposer),
        new Ballot(8, Proposer),
        new RegisterState([new(Proposer, 0, Deleted: true, ValueHash: 7), WindowItem.Of(Entry)], [Entry], new RegisterOrigin(200, 150)),
        [new(299, [], true, Proposer, Requests.At)],
        [new(Request, 280, 298)]);

    [Fact]
    public void The_acceptor_record_is_pinned() => Pinned(
        new AcceptorRecordFormat(), Record, "01040911111111222233334444555555555555081111111122223333444455555555555501AC020066666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF08030102030211111111222233334444555555555555010700000066666666777788889999AAAAAAAAAAAA18C4789CF501AB0201111111112222333344445555555555558081DCB5B9B592EF08000166666666777788889999AAAAAAAAAAAA9802AA02C8019601C7852661");

    [Fact]
    public void The_acceptor_record_of_a_guarded_counter_is_pinned() => Pinned(
        new AcceptorRecordFormat(),
        Record with { State = new RegisterState([new(Proposer, 2, Deleted: false, ValueHash: 7, IsCounter: true, GuardHash: 9), WindowItem.Of(Guarded)], [Guarded]) },
        "01040911111111222233334444555555555555081111111122223333444455555555555501AD020666666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF08032D3137076A6F62732FC3A9AB0211111111222233334444555555555555021111111122223333444455555555555516070000000900000066666666777788889999AAAAAAAAAAAA1EDAB611E97D6A649B01AB0201111111112222333344445555555555558081DCB5B9B592EF08000166666666777788889999AAAAAAAAAAAA9802AA0200001269966A");

    [Fact]
    public void An_acceptor_record_of_format_3_is_read_without_guards()
    {
        var record = new AcceptorRecordFormat().Decode(Convert.FromHexString("01030911111111222233334444555555555555081111111122223333444455555555555501AC020066666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF08030102030211111111222233334444555555555555010700000066666666777788889999AAAAAAAAAAAA06C4789CF501AB0201111111112222333344445555555555558081DCB5B9B592EF08000166666666777788889999AAAAAAAAAAAA9802AA02C8019601596A36EA"));
        Assert.Equal(Record.State.Window, record.State.Window);
        Assert.Equal(Record.State.Origin, record.State.Origin);
        Assert.Equal(Parts(Record.State.Entries.Concat(Record.Replaced)), Parts(record.State.Entries.Concat(record.Replaced)));
    }

    [Fact]
    public void An_acceptor_record_of_format_2_is_read_without_an_origin()
    {
        var record = new AcceptorRecordFormat().Decode(Convert.FromHexString("01020911111111222233334444555555555555081111111122223333444455555555555501AC020066666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF08030102030211111111222233334444555555555555010700000066666666777788889999AAAAAAAAAAAA06C4789CF501AB0201111111112222333344445555555555558081DCB5B9B592EF08000166666666777788889999AAAAAAAAAAAA9802AA02ACF34A7B"));
        Assert.Equal(Record.State.Window, record.State.Window);
        Assert.Equal(default, record.State.Origin);
    }

    [Fact]
    public void The_page_of_watermarks_is_pinned() => Pinned(
        new WatermarkPageFormat(), [default, new Watermark(new RegisterOrigin(300, 299), 7)], "060102000000AC02AB0207E66CDA55");

    [Fact]
    public void An_acceptor_record_of_format_1_is_read_without_hashes()
    {
        var bytes = Convert.FromHexString("01010911111111222233334444555555555555081111111122223333444455555555555501AC020066666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF080301020302111111112222333344445555555555550166666666777788889999AAAAAAAAAAAA0601AB0201111111112222333344445555555555558081DCB5B9B592EF08000166666666777788889999AAAAAAAAAAAA9802AA0209334254");
        var record = new AcceptorRecordFormat().Decode(bytes);
        Assert.Equal([new(Proposer, 0, Deleted: true, ValueHash: 0), new(Request, 3, Deleted: false, ValueHash: 0)], record.State.Window);
        Assert.Equal(300, record.State.Version);
        Assert.True(record.State.Window[^1].IsOf(Entry));
        Assert.Equal(record.State.Window, new AcceptorRecordFormat().Decode(new AcceptorRecordFormat().Encode(record)).State.Window);
    }

    [Fact]
    public void The_history_chunk_is_pinned() => Pinned(
        new HistoryChunkFormat(), [Entry, Guarded], "020202AC020066666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF0803010203AD020666666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF08032D3137076A6F62732FC3A9AB0211111111222233334444555555555555EB436499");

    [Fact]
    public void A_history_chunk_of_format_1_is_read_without_guards() => Assert.Equal(
        Parts([Entry]),
        Parts(new HistoryChunkFormat().Decode(Convert.FromHexString("020101AC020066666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF080301020372D85FC3"))));

    [Fact]
    public void The_replaced_entry_is_pinned() => Pinned(
        new ReplacedEntryFormat(), Guarded, "0502AD020666666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF08032D3137076A6F62732FC3A9AB02111111112222333344445555555555557CEA1AC6");

    [Fact]
    public void A_replaced_entry_of_format_1_is_read_without_a_guard() => Assert.Equal(
        Parts([Entry]),
        Parts([new ReplacedEntryFormat().Decode(Convert.FromHexString("0501AC020066666666777788889999AAAAAAAAAAAA8081DCB5B9B592EF0803010203FC6BAD93"))]));

    [Fact]
    public void The_page_of_names_is_pinned() => Pinned(
        new IndexPageFormat(), new IndexPage(["app/a", "é"], [Proposer, Request], "z", Request), "030202056170702F6102C3A9021111111122223333444455555555555566666666777788889999AAAAAAAAAAAA017A66666666777788889999AAAAAAAAAAAA008196604C");

    [Fact]
    public void A_page_of_names_of_format_1_is_read_as_not_sealed()
    {
        var page = new IndexPageFormat().Decode(Convert.FromHexString("030102056170702F6102C3A9021111111122223333444455555555555566666666777788889999AAAAAAAAAAAA017A66666666777788889999AAAAAAAAAAAA54221865"));
        Assert.Equal(["app/a", "é"], page.Keys);
        Assert.Equal([Proposer, Request], page.Children);
        Assert.Equal(("z", Request, false), (page.End, page.Right, page.IsSealed));
    }

    [Fact]
    public void The_acceptor_identity_is_pinned()
    {
        var joint = new AcceptorSet(["a1", "a2"]).ChangeTo([new("a2"), new("a3", Proposer)], new Dictionary<string, Guid>());
        Pinned(new AcceptorIdentityFormat(), new AcceptorIdentity("a1", joint, Proposer, Voting: true, [new("a2", Request)], WasEnrolled: true), "040202613102010202613200000000000000000000000000000000026133111111112222333344445555555555550202613100000000000000000000000000000000026132000000000000000000000000000000000101D0BBD0FE9A98F0A86C11111111222233334444555555555555030102613266666666777788889999AAAAAAAAAAAA01BE8DED");
    }

    [Fact]
    public void The_acceptor_identity_of_version_1_is_read_as_one_of_a_first_set()
    {
        var identity = new AcceptorIdentityFormat().Decode(Convert.FromHexString("0401026131010202613102613211111111222233334444555555555555010102613266666666777788889999AAAAAAAAAAAA2F141E25"))!;
        Assert.Equal(("a1", Proposer, true, false), (identity.Acceptor, identity.Incarnation, identity.Voting, identity.WasEnrolled));
        Assert.Equal(new AcceptorSet(["a1", "a2"]), identity.Set);
        Assert.Equal([new AcceptorNote("a2", Request)], identity.Notes);
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_noticed()
    {
        var format = new AcceptorRecordFormat();
        var bytes = format.Encode(Record);
        for (var position = 0; position < bytes.Length; position++)
        {
            var flipped = bytes.ToArray();
            flipped[position] ^= 0x10;
            Assert.Throws<DamagedRecordException>(() => format.Decode(flipped));
            Assert.Throws<DamagedRecordException>(() => format.Decode(bytes.AsMemory(0, position)));
        }
    }

    [Fact]
    public void A_record_of_another_kind_or_a_newer_version_is_refused_by_name()
    {
        var chunk = new HistoryChunkFormat().Encode([Entry]);
        Assert.Contains("kind 2, not 1", Assert.Throws<DamagedRecordException>(() => new AcceptorRecordFormat().Decode(chunk)).Message);
        var newer = new NewerChunkFormat().Encode([Entry]);
        Assert.Contains("format version 3; this library reads versions 1 to 2", Assert.Throws<DamagedRecordException>(() => new HistoryChunkFormat().Decode(newer)).Message);
    }

    private static IEnumerable<string> Parts(IEnumerable<RegisterEntry> entries) => entries.Select(Wire.Parts);

    private static void Pinned<T>(RecordFormat<T> format, T value, string hex)
    {
        var encoded = Convert.ToHexString(format.Encode(value));
        Assert.True(hex == encoded, $"The bytes changed: {encoded}");
        Assert.Equal(hex, Convert.ToHexString(format.Encode(format.Decode(Convert.FromHexString(hex)))));
    }

    private sealed class NewerChunkFormat : RecordFormat<ImmutableArray<RegisterEntry>>
    {
        public override string Name => "history chunk";

        public override ImmutableArray<RegisterEntry> Blank => [];

        protected override byte Kind => 2;

        protected override byte Version => 3;

        protected override void WriteBody(RecordWriter writer, ImmutableArray<RegisterEntry> value) => writer.Each(value, EntryParts.WriteEntry);

        protected override ImmutableArray<RegisterEntry> ReadBody(RecordReader reader) => reader.Each(EntryParts.ReadEntry);
    }
}
