using BenchmarkDotNet.Attributes;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Benchmarks.Micro;

/// <summary>Measures what an acceptor decides for a message, without storing it.</summary>
public class AcceptorStepBenchmarks
{
    private readonly AcceptorRecord _record = Samples.FullRecord();
    private readonly AcceptRequest _accept;
    private readonly ReadRequest _read;

    /// <summary>Creates the messages.</summary>
    public AcceptorStepBenchmarks()
    {
        _accept = Samples.NextAccept(_record);
        _read = new ReadRequest(_accept.Set, Samples.Register, WithState: true, Known: _record.Accepted);
    }

    /// <summary>Phase 2 of a write.</summary>
    [Benchmark]
    public object Accept() => AcceptorRules.Accept(_record, _accept, Samples.Limits).Record;

    /// <summary>A read by a client that knows the newest state.</summary>
    [Benchmark]
    public object Read() => AcceptorRules.Read(_record, _read);
}
