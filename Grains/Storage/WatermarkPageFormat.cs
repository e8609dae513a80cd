using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Storage;

/// <summary>The watermarks of neighbouring buckets of names.</summary>
internal sealed class WatermarkPageFormat : RecordFormat<ImmutableArray<Watermark>>
{
    public override string Name => "page of watermarks";

    public override ImmutableArray<Watermark> Blank => [];

    protected override byte Kind => 6;

    protected override void WriteBody(RecordWriter writer, ImmutableArray<Watermark> value) => writer.Each(value, static (each, watermark) =>
    {
        each.Number(watermark.Origin.Version);
        each.Number(watermark.Origin.Forgotten);
        each.Number(watermark.Round);
    });

    protected override ImmutableArray<Watermark> ReadBody(RecordReader reader) =>
        reader.Each(static each => new Watermark(new RegisterOrigin(each.Number(), each.Number()), each.Number()));
}
