namespace Orleans.Paxos.Cli.Errors;

/// <summary>The exit codes of the process, by which scripts distinguish outcomes.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The state of the register refused the command: not found, a version mismatch, or already decided.</summary>
    public const int Refused = 1;

    public const int BadArgument = 2;

    /// <summary>No majority, or no server, responds. Nothing was written.</summary>
    public const int Unavailable = 3;

    /// <summary>A change may or may not have been applied.</summary>
    public const int OutcomeUnknown = 4;

    public const int AcceptorSetMismatch = 5;

    /// <summary>An internal error of this program, as in sysexits.</summary>
    public const int Internal = 70;

    /// <summary>A lock or a leadership was lost while a command ran: to try again later may help, as sysexits has it.</summary>
    public const int LockLost = 75;

    /// <summary>Ended by Ctrl-C; the code follows the convention of shells.</summary>
    public const int Interrupted = 130;
}
