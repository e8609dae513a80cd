using System.Net;
using System.Net.Sockets;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Finds free TCP ports on this machine.</summary>
internal static class FreePorts
{
    /// <summary>Finds distinct free ports.</summary>
    /// <param name="count">The number of ports.</param>
    /// <returns>The ports. Another process may take one before the caller binds it.</returns>
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
