using System.Net;
using System.Net.Sockets;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Resolves the address at which other machines reach this one.</summary>
internal static class OwnAddress
{
    /// <summary>Resolves the address in the settings.</summary>
    /// <param name="address">An IP address or a host name.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    /// <returns>The IP address; the first IPv4 address when there are several.</returns>
    /// <exception cref="StartException">The host name has no address.</exception>
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
