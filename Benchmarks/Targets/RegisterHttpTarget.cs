using System.Net.Http.Headers;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>A target that uses the HTTP interface of the silos.</summary>
/// <param name="members">The URLs of the silos.</param>
/// <param name="name">The name in reports.</param>
internal sealed class RegisterHttpTarget(ImmutableArray<Uri> members, string name = "registers over HTTP") : ILoadTarget, IDisposable
{
    private readonly HttpSender _sender = new(members, new MediaTypeHeaderValue("application/octet-stream"));

    public string Name => name;

    public Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken) =>
        _sender.SendAsync(HttpMethod.Put, PathOf(register), value, cancellationToken);

    public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken) =>
        _sender.SendAsync(HttpMethod.Get, linearizable ? PathOf(register) : $"{PathOf(register)}?consistency=stale", body: null, cancellationToken);

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Watching is measured through grain calls, not over HTTP.");

    public void Dispose() => _sender.Dispose();

    /// <summary>Gets the path of a register. The names in load tests contain no characters that need encoding.</summary>
    private static string PathOf(string register) => $"/v1/registers/{register}";
}
