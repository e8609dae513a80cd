using System.Net;
using System.Net.Sockets;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Finds TCP ports of this machine that nobody listens on.</summary>
internal static class FreePorts
{
    /// <summary>Finds some; all different.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The ports. Another process may take one before it is used.</returns>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Stop();
        return ports;
    }
}
