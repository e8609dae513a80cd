using System.Buffers;
using System.Runtime.InteropServices;
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
    private const int BytesWithoutParts = (3 * sizeof(int)) + sizeof(long);

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
        writer.WriteVarUInt32((uint)(BytesWithoutParts + nameBytes + value.Versions.Entries.Sum(EntryWire.BytesOf)));
        writer.WriteInt32(nameBytes);
        StringCodec.WriteRaw(ref writer, value.Name, nameBytes);
        writer.WriteInt64(value.Versions.CompactedThrough);
        writer.WriteInt32((int)value.Versions.Notice);
        writer.WriteInt32(value.Versions.Entries.Length);
        foreach (var entry in value.Versions.Entries)
            EntryWire.Write(ref writer, entry);
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
        var entries = new RegisterEntry[reader.ReadInt32()];
        for (var index = 0; index < entries.Length; index++)
            entries[index] = EntryWire.Read(ref reader);
        return new PrefixEvent(name, new WatchBatch(ImmutableCollectionsMarshal.AsImmutableArray(entries), compactedThrough, notice));
    }
}
