using System.Net;
using System.Net.Sockets;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Stands before a server, and can behave as a process does that is stopped: connections open and stay open, and nothing comes.</summary>
internal sealed class StoppableProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _connections = [];
    private readonly int _port;
    private readonly Task _accepting;
    private TaskCompletionSource _runs = new();

    public StoppableProxy(int port)
    {
        _port = port;
        _runs.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The number of connections that were opened.</summary>
    public int Opened { get; private set; }

    /// <summary>Ends when the server has been asked whether it lives, and its answer was passed on.</summary>
    public Task HasSaidThatItLives => _live.Task;

    public void Stop() => _runs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Continue() => _runs.SetResult();

    /// <summary>Closes all connections, as a proxy does that is told to.</summary>
    public void Disconnect()
    {
        lock (_connections)
        {
            foreach (var connection in _connections)
                connection.Close();
            _connections.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _runs.TrySetResult();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        Disconnect();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_ended.Token);
            Opened++;
            var server = new TcpClient();
            lock (_connections)
                _connections.AddRange([client, server]);
            _ = ServeAsync(client, server);
        }
    }

    private async Task ServeAsync(TcpClient client, TcpClient server)
    {
        await _runs.Task;
        await server.ConnectAsync(IPAddress.Loopback, _port, _ended.Token);
        await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        client.Close();
        server.Close();
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer, _ended.Token) is > 0 and var count)
        {
            await _runs.Task;
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _ended.Token);
            if (buffer.AsSpan(0, count).IndexOf("\"live\""u8) >= 0)
                _live.TrySetResult();
        }
    }
}
