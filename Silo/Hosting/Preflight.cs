using System.Net;
using System.Net.Sockets;

namespace Orleans.Paxos;

/// <summary>Finds out before anything starts what would make it fail half-way.</summary>
internal static class Preflight
{
    /// <summary>Checks the data directory and the port.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="StartException">One of them cannot be used.</exception>
    public static void Check(SiloSettings settings)
    {
        foreach (var acceptor in settings.Silos)
            CheckWritable(settings.DirectoryOf(acceptor));
        CheckPort(settings.Url);
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

    private static void CheckPort(Uri url)
    {
        if (url.Port == 0 || !IPAddress.TryParse(url.Host == "localhost" ? "127.0.0.1" : url.Host.Trim('[', ']'), out var address))
            return;
        try
        {
            using var listener = new TcpListener(address, url.Port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new StartException(StartFailure.OfPort(url.Port, exception.SocketErrorCode));
        }
    }
}
