using System.Net;
using System.Net.Sockets;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Finds free TCP ports on this machine.</summary>
internal static class FreePorts
{
    /// <summary>Below the ports that operating systems give to outgoing connections, which could take one before the caller binds it.</summary>
    private const int First = 12_000;
    private const int End = 22_000;

    /// <summary>Finds free ports that follow one another.</summary>
    /// <param name="count">The number of ports.</param>
    /// <returns>The ports. Another process may still take one before the caller binds it.</returns>
    public static int[] Take(int count)
    {
        var random = new Random();
        while (true)
        {
            int[] ports = [.. Enumerable.Range(random.Next(First, End - count), count)];
            if (ports.All(IsFree))
                return ports;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
