namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>The kinds of process faults.</summary>
internal enum ProcessFaultKind
{
    /// <summary>SIGKILL, followed by a restart after a while.</summary>
    Kill,

    /// <summary>SIGSTOP, followed by SIGCONT after a while. The process hangs, and its connections stay open.</summary>
    Pause,

    /// <summary>SIGTERM, followed by a restart.</summary>
    Restart,

    /// <summary>SIGKILL, followed by a restart with a blank disk.</summary>
    Wipe,
}

/// <summary>A fault of a process.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Silo">The silo whose process it affects.</param>
/// <param name="From">When it began, relative to the start of the run.</param>
/// <param name="Until">When the silo served again; after a wipe, when its acceptor, if it is in the set, was replaced.</param>
internal sealed record ProcessFault(ProcessFaultKind Kind, string Silo, TimeSpan From, TimeSpan Until);
