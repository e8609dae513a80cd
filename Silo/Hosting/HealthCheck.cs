using System.Net;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Asks the silo that runs with the same settings whether it is ready, for a container that has nothing else to ask with.</summary>
internal static class HealthCheck
{
    /// <summary>The option that asks instead of serving.</summary>
    public const string Option = "--healthcheck";

    private const string Path = "health/ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks.</summary>
    /// <param name="commandLine">The command line that the silo was started with.</param>
    /// <param name="errors">Where the reason is printed, in one line, when it is not ready.</param>
    /// <returns>Whether it is ready.</returns>
    public static async Task<bool> IsReadyAsync(SiloCommandLine commandLine, TextWriter errors)
    {
        try
        {
            var settings = SettingsReader.Read(SiloApplication.CreateBuilder(commandLine).Configuration);
            using var http = new HttpClient(Handler()) { Timeout = Patience };
            using var answer = await http.GetAsync(Target(settings.Http.Listen));
            if (answer.IsSuccessStatusCode)
                return true;
            await errors.WriteLineAsync($"error: not ready: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception exception) when (exception is SettingsException or StartException or HttpRequestException or OperationCanceledException)
        {
            await errors.WriteLineAsync($"error: not ready: {exception.Message}".ReplaceLineEndings(" "));
        }

        return false;
    }

    /// <summary>Where it asks: at the first address that HTTP is served at, on this machine.</summary>
    /// <param name="listen">Where HTTP is served.</param>
    /// <returns>The address of the readiness path.</returns>
    /// <exception cref="StartException">None has an address and a port.</exception>
    public static Uri Target(ListenSettings listen)
    {
        if (listen.Addresses.FirstOrDefault(address => address is { Port: not 0, Address: not null }) is not { } first)
            throw new StartException($"{Option} needs an address with a port: give one in Url (--url).");
        var host = first.Address!.Equals(IPAddress.Any) ? IPAddress.Loopback : first.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : first.Address;
        return new UriBuilder(first.IsEncrypted ? "https" : "http", $"{host}", first.Port, Path).Uri;
    }

    /// <summary>It asks itself, and sends no secret: whose name is on the certificate does not matter.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    };
}
