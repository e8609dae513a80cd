namespace Orleans.Paxos.Tests.Storage;

public sealed class StoredRecordSerializerTests
{
    private readonly StoredRecordSerializer _serializer = new(new JsonStorageSerializer());

    [Fact]
    public void A_stored_record_is_its_bytes()
    {
        byte[] bytes = [0, 1, 255];
        var stored = _serializer.Serialize(new StoredRecord { Bytes = bytes });
        Assert.Equal(bytes, stored.ToArray());
        Assert.Equal(bytes, _serializer.Deserialize<StoredRecord>(stored)!.Bytes);
    }

    [Fact]
    public void A_slice_of_a_larger_buffer_is_read_as_the_slice()
    {
        byte[] buffer = [9, 1, 2, 9];
        Assert.Equal([1, 2], _serializer.Deserialize<StoredRecord>(BinaryData.FromBytes(buffer.AsMemory(1, 2)))!.Bytes);
    }

    [Fact]
    public void Every_other_type_is_left_to_the_other_serializer()
    {
        Assert.Equal("{\"Text\":\"x\",\"Number\":1,\"Blob\":null}", _serializer.Serialize(new StorageState { Text = "x", Number = 1 }).ToString());
        Assert.Equal("x", _serializer.Deserialize<StorageState>(BinaryData.FromString("{\"Text\":\"x\"}"))!.Text);
    }

    [Fact]
    public void A_null_record_is_refused() => Assert.Throws<ArgumentNullException>(() => _serializer.Serialize<StoredRecord>(null));
}
