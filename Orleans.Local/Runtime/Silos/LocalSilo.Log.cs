using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>What a silo logs.</summary>
internal sealed partial class LocalSilo
{
    public void LogDirectoryFailed(GrainId grainId, Exception exception) => LogDirectoryFailed(Logger, grainId, exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The grain directory of {GrainId} failed to forget an activation.")]
    private static partial void LogDirectoryFailed(ILogger logger, GrainId grainId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The silo {Silo} stops; one of its services failed to.")]
    private static partial void LogLifecycleFailed(ILogger logger, string silo, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo {Silo} stops although {Count} activations have not ended.")]
    private static partial void LogActivationsLeft(ILogger logger, string silo, int count);
}
