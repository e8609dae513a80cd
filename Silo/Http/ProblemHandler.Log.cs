namespace Orleans.Paxos.Silo.Http;

internal sealed partial class ProblemHandler
{
    [LoggerMessage(LogLevel.Error, "{Method} {Path} ended with an unexpected error.")]
    private partial void LogUnexpected(Exception exception, string method, string path);
}
