using System.Buffers;
using System.Text;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace Orleans.Paxos;

/// <summary>
/// Writes the new versions of a register as one field: its length, then the name, what was left out and the entries. Each watcher of a prefix is
/// sent each of them, and a header and a reference for each part would cost more than the parts.
/// </summary>
[RegisterSerializer]
internal sealed class PrefixEventCodec : IFieldCodec<PrefixEvent?>
{
    private const int BytesWithoutParts = (2 * sizeof(int)) + sizeof(long);

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, PrefixEvent? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }

        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(PrefixEvent), WireType.LengthPrefixed);
        var nameBytes = Encoding.UTF8.GetByteCount(value.Name);
        writer.WriteVarUInt32((uint)(BytesWithoutParts + nameBytes + EntryWire.BytesOf(value.Versions.Entries)));
        writer.WriteInt32(nameBytes);
        StringCodec.WriteRaw(ref writer, value.Name, nameBytes);
        writer.WriteInt64(value.Versions.CompactedThrough);
        writer.WriteInt32((int)value.Versions.Notice);
        EntryWire.Write(ref writer, value.Versions.Entries);
    }

    /// <inheritdoc/>
    public PrefixEvent? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
            return ReferenceCodec.ReadReference<PrefixEvent, TInput>(ref reader, field);
        field.EnsureWireType(WireType.LengthPrefixed);
        ReferenceCodec.MarkValueField(reader.Session);
        reader.ReadVarUInt32();
        var name = StringCodec.ReadRaw(ref reader, (uint)reader.ReadInt32());
        var (compactedThrough, notice) = (reader.ReadInt64(), (WatchNotice)reader.ReadInt32());
        return new PrefixEvent(name, new WatchBatch(EntryWire.Read(ref reader), compactedThrough, notice));
    }
}
