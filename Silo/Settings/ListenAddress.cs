using System.Net;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>An address at which HTTP is served, parsed the way the server parses it.</summary>
/// <param name="Setting">The setting that contains it, for messages.</param>
/// <param name="Url">The address as configured.</param>
/// <param name="Address">The address to bind; null for a Unix socket.</param>
/// <param name="Port">The port; 0 for any free one.</param>
/// <param name="IsEncrypted">Whether it uses HTTPS.</param>
internal sealed record ListenAddress(string Setting, string Url, IPAddress? Address, int Port, bool IsEncrypted)
{
    private const string Localhost = "localhost";

    /// <summary>Whether only programs on this machine can reach it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>Parses an address.</summary>
    /// <param name="setting">The setting that contains it.</param>
    /// <param name="url">The address.</param>
    /// <returns>The address; null when it is not valid.</returns>
    public static ListenAddress? TryRead(string setting, string url)
    {
        if (Parse(url) is not { PathBase: "", Scheme: "http" or "https" } parsed || (parsed is { Port: 0, Host: Localhost }))
            return null;
        var address = parsed.IsUnixPipe ? null : AddressOf(parsed.Host);
        return new ListenAddress(setting, url, address, parsed.Port, parsed.Scheme == "https");
    }

    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url.ToLowerInvariant());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Gets the address to bind. A host name other than localhost means every address of the machine, whatever it resolves to.</summary>
    private static IPAddress AddressOf(string host) =>
        host == Localhost ? IPAddress.Loopback : IPAddress.TryParse(host, out var address) ? address : IPAddress.Any;
}
