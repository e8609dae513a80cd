using System.Net.Sockets;

namespace Orleans.Paxos.Tests.Http;

/// <summary>A connection that has received an answer and stays open.</summary>
internal static class HeldConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Opens a connection.</summary>
    /// <param name="port">The server's port.</param>
    /// <returns>The connection; null when the server closed it without an answer.</returns>
    public static async Task<TcpClient?> TryOpenAsync(int port)
    {
        var connection = new TcpClient("127.0.0.1", port);
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await connection.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), patience.Token);
            if (await connection.GetStream().ReadAsync(new byte[4096], patience.Token) > 0)
                return connection;
        }
        catch (IOException)
        {
            // A reset also means that the server refused the connection.
        }

        connection.Dispose();
        return null;
    }
}
