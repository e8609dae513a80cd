using System.Net.Sockets;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>The program cannot start or continue. The message says why and what to do.</summary>
/// <param name="message">The message, one line.</param>
internal sealed class StartException(string message) : Exception(message);

/// <summary>Explains failures that a user can fix, in one line.</summary>
internal static class StartFailure
{
    /// <summary>Explains a failure.</summary>
    /// <param name="exception">What ended the start.</param>
    /// <returns>One line; null when only the stack trace explains the failure.</returns>
    public static string? Explain(Exception exception) => Chain(exception).Select(Line).FirstOrDefault(line => line is not null)?.ReplaceLineEndings(" ");

    /// <summary>Explains why a port cannot be bound.</summary>
    /// <param name="address">The address with the port.</param>
    /// <param name="error">The error of the operating system.</param>
    public static string OfPort(ListenAddress address, SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => $"The port {address.Port} is in use by another program. Stop it, or give another in {address.Setting}.",
        SocketError.AccessDenied => $"The port {address.Port} needs more rights than this process has. Give one above 1023 in {address.Setting}.",
        SocketError.AddressNotAvailable => $"The address of {address.Setting} is not one of this machine. 127.0.0.1 is, and 0.0.0.0 stands for all of them.",
        _ => $"The port {address.Port} cannot be opened ({error}). Give another in {address.Setting}.",
    };

    private static string? Line(Exception exception) => exception switch
    {
        StartException or SqliteStorageException => exception.Message,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "A port is in use by another program. Stop it, or give others (--url, --silo-port, --gateway-port).",
        Microsoft.Extensions.Options.OptionsValidationException => exception.Message,
        UnauthorizedAccessException => exception.Message,
        _ => AzureHosting.Explain(exception),
    };

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            yield return current;
            if (current is AggregateException aggregate)
            {
                foreach (var inner in aggregate.InnerExceptions.SelectMany(Chain))
                    yield return inner;
            }
        }
    }
}
