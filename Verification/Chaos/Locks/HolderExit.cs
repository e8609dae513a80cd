using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The end of a run of <c>paxos lock</c>.</summary>
/// <param name="Holder">The run.</param>
/// <param name="Code">Its exit code.</param>
/// <param name="Errors">What it said.</param>
internal sealed record HolderExit(string Holder, int Code, string Errors)
{
    private const int Killed = 137;

    /// <summary>Whether no silo answered, before or after something was sent.</summary>
    public bool IsFailure => Code is ExitCode.Unavailable or ExitCode.OutcomeUnknown;

    /// <summary>Whether faults like those of a run explain it.</summary>
    public bool IsExplained => IsFailure || Code is ExitCode.Ok or Killed or ExitCode.LockLost;
}
