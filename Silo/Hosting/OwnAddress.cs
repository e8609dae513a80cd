using System.Net;
using System.Net.Sockets;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>The address at which others reach this machine.</summary>
internal static class OwnAddress
{
    /// <summary>Finds the address that the settings name.</summary>
    /// <param name="address">An IP address or a host name.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The IP address; of several, the first of IPv4.</returns>
    /// <exception cref="StartException">The name has no address.</exception>
    public static async Task<IPAddress> ResolveAsync(string address, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(address, out var given))
            return given;
        try
        {
            var found = await Dns.GetHostAddressesAsync(address, cancellationToken);
            return found.FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
        }
        catch (SocketException exception)
        {
            throw new StartException($"Address is '{address}', a name without an address ({exception.SocketErrorCode}). Give an IP address of this machine, or a host name that the other machines can resolve too.");
        }
    }
}
