using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Silo.Http;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Checks, before anything starts, for problems that would make the start fail half-way.</summary>
internal static class Preflight
{
    /// <summary>Checks the server's settings and certificates, the directories in use, and the ports.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="services">The services of the application.</param>
    /// <exception cref="StartException">A check failed.</exception>
    public static void Check(SiloSettings settings, IServiceProvider services)
    {
        CheckServer(services.GetRequiredService<IOptions<KestrelServerOptions>>());
        foreach (var directory in Directories(settings))
            CheckWritable(directory);
        CheckPorts(settings);
    }

    /// <summary>Checks that the ports are free: those of HTTP, and those for silos and clients that are not any free ones.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="StartException">A port is in use.</exception>
    public static void CheckPorts(SiloSettings settings)
    {
        foreach (var address in settings.Http.Listen.Addresses)
            CheckPort(address);
        var bound = BoundBySilos(settings);
        var isLoopback = IPAddress.IsLoopback(bound);
        if ((settings.SiloPort ?? (isLoopback ? null : SiloSettings.DefaultSiloPort)) is { } siloPort)
            CheckPort(new ListenAddress("SiloPort (--silo-port)", settings.Address, bound, siloPort, IsEncrypted: false));
        if ((settings.GatewayPort ?? (isLoopback ? null : SiloSettings.DefaultGatewayPort)) is { } gatewayPort)
            CheckPort(new ListenAddress("GatewayPort (--gateway-port)", settings.Address, bound, gatewayPort, IsEncrypted: false));
    }

    /// <summary>The address that the silos bind: silos that other machines reach bind all.</summary>
    /// <param name="settings">The settings.</param>
    public static IPAddress BoundBySilos(SiloSettings settings) => settings.Address == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(settings.Address, out var address) && IPAddress.IsLoopback(address) ? address
        : IPAddress.Any;

    private static IEnumerable<string> Directories(SiloSettings settings)
    {
        var storage = settings.Storage == StorageKind.Sqlite ? settings.Silos.Select(settings.DirectoryOf) : [];
        return settings.MembershipFile is { } file ? storage.Append(Path.GetDirectoryName(file)!) : storage;
    }

    private static void CheckWritable(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            using var probe = new FileStream(Path.Combine(directory, $".writable-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory '{directory}' cannot be written: {exception.Message} Give one that can with --data DIR.");
        }
    }

    /// <summary>Makes the server read its section and every certificate. Its messages name files, never passwords.</summary>
    private static void CheckServer(IOptions<KestrelServerOptions> server)
    {
        try
        {
            server.Value.ConfigurationLoader!.Load();
        }
        catch (Exception exception)
        {
            throw new StartException($"HTTP cannot be served as the section {ServerEndpoints.Section} says: {exception.Message} docs/http.md has an example.");
        }
    }

    private static void CheckPort(ListenAddress address)
    {
        if (address is not { Port: not 0, Address: { } bound })
            return;
        try
        {
            using var listener = new TcpListener(bound, address.Port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new StartException(StartFailure.OfPort(address, exception.SocketErrorCode));
        }
    }
}
