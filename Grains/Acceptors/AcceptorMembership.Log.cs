using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Acceptors;

internal sealed partial class AcceptorMembership
{
    [LoggerMessage(EventId = 10, Message = "Acceptor '{Acceptor}' does not vote ({Standing}). {Detail}")]
    private partial void LogStaysOut(LogLevel level, string acceptor, AcceptorStanding standing, string detail);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "Acceptor '{Acceptor}' could not find out whether it may vote, and tries again.")]
    private partial void LogJoinFailed(string acceptor, Exception exception);
}
