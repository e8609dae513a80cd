using dotnet_etcd;
using Etcdserverpb;
using Google.Protobuf;
using Grpc.Core;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>A target that uses the native interface of etcd, gRPC, spread over its members.</summary>
/// <param name="members">The client URLs of the members.</param>
internal sealed class EtcdTarget(ImmutableArray<Uri> members) : ILoadTarget, IDisposable
{
    private readonly EtcdClient[] _clients =
        [.. members.Select(member => new EtcdClient($"{member}".TrimEnd('/'), configureChannelOptions: options => options.Credentials = ChannelCredentials.Insecure))];

    private int _turn;

    public string Name => "etcd";

    public Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken) =>
        Next().PutAsync(new PutRequest { Key = ByteString.CopyFromUtf8(register), Value = UnsafeByteOperations.UnsafeWrap(value) }, cancellationToken: cancellationToken);

    public async Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken)
    {
        var answer = await Next().GetAsync(new RangeRequest { Key = ByteString.CopyFromUtf8(register), Serializable = !linearizable }, cancellationToken: cancellationToken);
        if (answer.Kvs.Count == 0)
            throw new InvalidOperationException($"'{register}' has no value, although one was written.");
    }

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Watching is not compared with etcd.");

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
    }

    private EtcdClient Next() => _clients[(uint)Interlocked.Increment(ref _turn) % _clients.Length];
}
