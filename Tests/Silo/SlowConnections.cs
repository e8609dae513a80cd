using System.Net.Sockets;
using System.Text;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>
/// Connections that send the beginning of a request, then a byte from time to time, and never complete it. A connection that
/// the server closes is replaced, so that their number stays the same.
/// </summary>
internal sealed class SlowConnections : IAsyncDisposable
{
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _connections = [];
    private int _bytes;
    private int _closed;

    /// <summary>The number of bytes sent after the beginnings.</summary>
    public int Bytes => _bytes;

    /// <summary>The number of connections that the server has closed.</summary>
    public int Closed => _closed;

    /// <summary>Opens connections whose headers never end.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="count">The number of connections.</param>
    public Task AddSlowHeadersAsync(int port, int count) =>
        AddAsync(port, count, "GET /v1/registers/slow HTTP/1.1\r\nHost: x\r\nX: ", awaitedAnswer: "");

    /// <summary>Opens connections whose bodies never end. Each has been told to continue, so it is in the middle of a write.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="count">The number of connections.</param>
    /// <param name="key">A key that allows writes.</param>
    public Task AddSlowBodiesAsync(int port, int count, string key) =>
        AddAsync(port, count, $"PUT /v1/registers/slow HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Length: 200000\r\nExpect: 100-continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n");

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_connections);
        _ended.Dispose();
    }

    private async Task AddAsync(int port, int count, string beginning, string awaitedAnswer)
    {
        var begun = new List<TaskCompletionSource>();
        for (var number = 0; number < count; number++)
        {
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            begun.Add(first);
            _connections.Add(Task.Run(() => KeepAsync(port, beginning, awaitedAnswer, first)));
        }

        await Task.WhenAll(begun.Select(first => first.Task));
    }

    private async Task KeepAsync(int port, string beginning, string awaitedAnswer, TaskCompletionSource first)
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync("127.0.0.1", port, _ended.Token);
                await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(beginning), _ended.Token);
                await connection.GetStream().ReadExactlyAsync(new byte[awaitedAnswer.Length], _ended.Token);
                first.TrySetResult();
                await DripAsync(connection);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                Interlocked.Increment(ref _closed);
            }
            catch (OperationCanceledException)
            {
                first.TrySetCanceled();
            }
        }
    }

    private async Task DripAsync(TcpClient connection)
    {
        while (true)
        {
            await connection.GetStream().WriteAsync("x"u8.ToArray(), _ended.Token);
            Interlocked.Increment(ref _bytes);
            await Task.Delay(BetweenBytes, TimeProvider.System, _ended.Token);
        }
    }
}
