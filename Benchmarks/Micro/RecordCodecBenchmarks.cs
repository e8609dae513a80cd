using BenchmarkDotNet.Attributes;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Benchmarks.Micro;

/// <summary>Measures the encoding and decoding of an acceptor's record with a full window and history.</summary>
public class RecordCodecBenchmarks
{
    private readonly AcceptorRecordFormat _format = new();
    private readonly AcceptorRecord _record = Samples.FullRecord();
    private byte[] _bytes = [];

    /// <summary>Creates the bytes.</summary>
    [GlobalSetup]
    public void SetUp() => _bytes = Encode();

    /// <summary>Encodes a record, as every write does.</summary>
    [Benchmark]
    public byte[] Encode() => _format.Encode(_record);

    /// <summary>Decodes a record, as the first access to a register does.</summary>
    [Benchmark]
    public object Decode() => _format.Decode(_bytes);
}
