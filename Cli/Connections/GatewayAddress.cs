using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>Resolves the values of <c>--gateway</c> to addresses.</summary>
internal static class GatewayAddress
{
    /// <exception cref="UsageException">A value is not host:port, or its host has no address.</exception>
    public static async Task<IPEndPoint[]> ResolveAsync(IEnumerable<string> gateways, CancellationToken cancellationToken)
    {
        var endpoints = new List<IPEndPoint>();
        foreach (var gateway in gateways)
            endpoints.AddRange(await ResolveAsync(gateway, cancellationToken));
        return [.. endpoints];
    }

    private static async Task<IEnumerable<IPEndPoint>> ResolveAsync(string gateway, CancellationToken cancellationToken)
    {
        var colon = gateway.LastIndexOf(':');
        var host = colon < 0 ? "" : gateway[..colon].Trim('[', ']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || !ushort.TryParse(gateway.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            throw new UsageException($"'{gateway}' is not a gateway such as 127.0.0.1:30000.", "Give --gateway host:port.");
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return addresses.Select(address => new IPEndPoint(address, port));
        }
        catch (SocketException exception)
        {
            throw new UsageException($"The host of the gateway '{gateway}' has no address ({exception.Message}).", "Check --gateway.");
        }
    }
}
