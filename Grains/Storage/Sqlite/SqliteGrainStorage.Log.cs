using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Storage.Sqlite;

internal sealed partial class SqliteGrainStorage
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "SQLite storage '{Name}' has opened '{Directory}'.")]
    private partial void LogOpened(string name, string directory);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "SQLite storage '{Name}' has closed '{Directory}'.")]
    private partial void LogClosed(string name, string directory);

    [LoggerMessage(EventId = 3, Level = LogLevel.Critical, Message =
        "SQLite storage '{Name}' has stopped: the disk of '{Directory}' failed. Every operation fails from now on. " +
        "Check the disk, then restart this process.")]
    private partial void LogStopped(Exception cause, string name, string directory);
}
