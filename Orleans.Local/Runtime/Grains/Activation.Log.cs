using Microsoft.Extensions.Logging;

namespace Orleans.Local;

/// <summary>What an activation logs.</summary>
internal sealed partial class Activation
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The activation {Activation} could not start; the requests that waited for it fail.")]
    private static partial void LogActivationFailed(ILogger logger, Activation activation, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The activation {Activation} ended with an error.")]
    private static partial void LogDeactivationFailed(ILogger logger, Activation activation, Exception exception);
}
