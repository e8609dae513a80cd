using System.Buffers;
using System.Runtime.InteropServices;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace Orleans.Paxos;

/// <summary>
/// Writes a state as one field: its length, then the items of the window and the entries, little-endian and without a header each. Every
/// accept carries a state, and a header and an array for each part would cost more than the parts.
/// </summary>
[RegisterSerializer]
internal sealed class RegisterStateCodec : IFieldCodec<RegisterState?>
{
    private const int ItemBytes = EntryWire.IdBytes + sizeof(int) + sizeof(byte) + sizeof(uint);
    private const byte Deleted = 1;
    private const byte Counter = 2;
    private const byte Guarded = 4;

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, RegisterState? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
            return;
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(RegisterState), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)BytesOf(value));
        writer.WriteInt32(value.Window.Length);
        foreach (var item in value.Window)
            Write(ref writer, item);
        EntryWire.Write(ref writer, value.Entries);
        writer.WriteInt64(value.Origin.Version);
        writer.WriteInt64(value.Origin.Forgotten);
    }

    /// <inheritdoc/>
    public RegisterState? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
            return ReferenceCodec.ReadReference<RegisterState, TInput>(ref reader, field);
        field.EnsureWireType(WireType.LengthPrefixed);
        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        reader.ReadVarUInt32();
        var window = new WindowItem[reader.ReadInt32()];
        for (var index = 0; index < window.Length; index++)
            window[index] = ReadItem(ref reader);
        var entries = EntryWire.Read(ref reader);
        var origin = new RegisterOrigin(reader.ReadInt64(), reader.ReadInt64());
        var state = new RegisterState(ImmutableCollectionsMarshal.AsImmutableArray(window), entries, origin);
        ReferenceCodec.RecordObject(reader.Session, state, placeholder);
        return state;
    }

    private static int BytesOf(RegisterState state)
    {
        var guards = 0;
        foreach (var item in state.Window)
            guards += item.GuardHash == 0 ? 0 : sizeof(uint);
        return sizeof(int) + (state.Window.Length * ItemBytes) + guards + EntryWire.BytesOf(state.Entries) + (2 * sizeof(long));
    }

    private static void Write<TBufferWriter>(ref Writer<TBufferWriter> writer, WindowItem item)
        where TBufferWriter : IBufferWriter<byte>
    {
        EntryWire.WriteId(ref writer, item.RequestId);
        writer.WriteInt32(item.ValueBytes);
        writer.WriteByte((byte)((item.Deleted ? Deleted : 0) | (item.IsCounter ? Counter : 0) | (item.GuardHash == 0 ? 0 : Guarded)));
        writer.WriteUInt32(item.ValueHash);
        if (item.GuardHash != 0)
            writer.WriteUInt32(item.GuardHash);
    }

    private static WindowItem ReadItem<TInput>(ref Reader<TInput> reader)
    {
        var (requestId, valueBytes, kinds, hash) = (EntryWire.ReadId(ref reader), reader.ReadInt32(), reader.ReadByte(), reader.ReadUInt32());
        var guardHash = (kinds & Guarded) != 0 ? reader.ReadUInt32() : 0;
        return new WindowItem(requestId, valueBytes, (kinds & Deleted) != 0, hash, (kinds & Counter) != 0, guardHash);
    }
}
