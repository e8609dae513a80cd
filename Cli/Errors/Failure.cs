namespace Orleans.Paxos.Cli.Errors;

/// <summary>The exit code and the message of a failed command.</summary>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="Message">The message; empty for none.</param>
internal readonly record struct Failure(int ExitCode, string Message)
{
    private const int UnixBrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);

    public static Failure Of(Exception exception) => exception switch
    {
        OperationCanceledException => new Failure(Errors.ExitCode.Interrupted, ""),
        IOException { HResult: UnixBrokenPipe or WindowsBrokenPipe or WindowsNoData } => new Failure(Errors.ExitCode.Ok, ""),
        RefusedException or AcceptorChangeRefusedException => new Failure(Errors.ExitCode.Refused, exception.Message),
        SessionLostException => new Failure(Errors.ExitCode.LockLost, exception.Message),
        CommandNotStartedException notStarted => new Failure(notStarted.ExitCode, exception.Message),
        ImportStoppedException { InnerException: { } reason } => Of(reason) with { Message = exception.Message },
        UsageException or RegisterValueTooLargeException => new Failure(Errors.ExitCode.BadArgument, exception.Message),
        ArgumentException argument => new Failure(Errors.ExitCode.BadArgument, Sentence(argument)),
        IOException or UnauthorizedAccessException => new Failure(Errors.ExitCode.BadArgument, exception.Message),
        QuorumUnavailableException or NoAnswerException or AnswerLostException or UnexpectedAnswerException =>
            new Failure(Errors.ExitCode.Unavailable, exception.Message),
        OutcomeUnknownException or TimeoutException => new Failure(Errors.ExitCode.OutcomeUnknown, exception.Message),
        AcceptorSetMismatchException => new Failure(Errors.ExitCode.AcceptorSetMismatch, exception.Message),
        _ => new Failure(Errors.ExitCode.Internal, $"A mistake in this program, not in what you asked for: {exception.GetType().Name}: {exception.Message}"),
    };

    /// <summary>Removes the parameter name that .NET appends to the message.</summary>
    private static string Sentence(ArgumentException exception) => exception.ParamName is { } parameter
        ? exception.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
        : exception.Message;
}
