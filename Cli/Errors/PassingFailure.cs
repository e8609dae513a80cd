namespace Orleans.Paxos.Cli.Errors;

/// <summary>Tells the failures that may pass from those that stay, such as a key that is none.</summary>
internal static class PassingFailure
{
    /// <summary>Whether the same may succeed a moment later: a silo starts, or a majority answers again.</summary>
    public static bool MayPass(this Exception exception) =>
        exception is AnswerLostException or QuorumUnavailableException or OutcomeUnknownException or NoAnswerException { MayPass: true };
}
