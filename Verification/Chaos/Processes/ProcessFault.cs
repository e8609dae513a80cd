namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>What was done to a process.</summary>
internal enum ProcessFaultKind
{
    /// <summary>SIGKILL, a while without it, and started again.</summary>
    Kill,

    /// <summary>SIGSTOP and after a while SIGCONT: it hangs, and its connections stay open.</summary>
    Pause,

    /// <summary>SIGTERM, and started again.</summary>
    Restart,
}

/// <summary>Something that was done to a process.</summary>
/// <param name="Kind">What.</param>
/// <param name="Silo">To whom.</param>
/// <param name="From">When, since the run began.</param>
/// <param name="Until">When it served again.</param>
internal sealed record ProcessFault(ProcessFaultKind Kind, string Silo, TimeSpan From, TimeSpan Until);
