namespace Orleans.Paxos.Cli.Errors;

/// <summary>The exit codes of the process. They tell scripts the outcomes apart.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Not found, a version mismatch, or already decided: the register's state said no.</summary>
    public const int Refused = 1;

    public const int BadArgument = 2;

    /// <summary>No majority, or nothing answers. Nothing was written.</summary>
    public const int Unavailable = 3;

    /// <summary>A change may or may not have happened.</summary>
    public const int OutcomeUnknown = 4;

    public const int AcceptorSetMismatch = 5;

    /// <summary>A mistake in this program, by the convention of sysexits.</summary>
    public const int Internal = 70;

    /// <summary>Ended by Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
