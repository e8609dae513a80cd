using System.Net.Http.Headers;
using System.Text;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>A target that uses the HTTP/JSON interface of etcd, which is a gateway in each member in front of its native gRPC interface.</summary>
/// <param name="members">The client URLs of the members.</param>
internal sealed class EtcdHttpTarget(ImmutableArray<Uri> members) : ILoadTarget, IDisposable
{
    private readonly HttpSender _sender = new(members, new MediaTypeHeaderValue("application/json"));

    public string Name => "etcd over HTTP";

    public Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken) =>
        _sender.SendAsync(HttpMethod.Post, "/v3/kv/put", Encoding.ASCII.GetBytes($$"""{"key":"{{KeyOf(register)}}","value":"{{Convert.ToBase64String(value)}}"}"""), cancellationToken);

    /// <summary>Reads a value without decoding it, so that the load generator does the same work on both sides.</summary>
    public async Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken)
    {
        var request = $$"""{"key":"{{KeyOf(register)}}"{{(linearizable ? "" : ",\"serializable\":true")}}}""";
        var answer = await _sender.SendAsync(HttpMethod.Post, "/v3/kv/range", Encoding.ASCII.GetBytes(request), cancellationToken);
        if (answer.AsSpan().IndexOf("\"kvs\""u8) < 0)
            throw new InvalidOperationException($"'{register}' has no value, although one was written.");
    }

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Watching is measured through grain calls, not over HTTP.");

    public void Dispose() => _sender.Dispose();

    private static string KeyOf(string register) => Convert.ToBase64String(Encoding.UTF8.GetBytes(register));
}
