using System.Globalization;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The kinds of faults of a holder.</summary>
internal enum HolderFaultKind
{
    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT before its time-to-live is over.</summary>
    ShortPause,

    /// <summary>SIGSTOP, and SIGCONT when its time-to-live is over.</summary>
    LongPause,
}

/// <summary>A fault of a holder as a whole: of <c>paxos lock</c> and the command that it runs, as if their machine died or stood still.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Holder">The run of <c>paxos lock</c>.</param>
/// <param name="From">Just before the signals were sent that stopped it.</param>
/// <param name="Until">Just after the signals were sent that let it go on; when it was killed, just after that.</param>
internal sealed record HolderFault(HolderFaultKind Kind, string Holder, TimeSpan From, TimeSpan Until)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} of {Holder} from {From.TotalSeconds:0.00} to {Until.TotalSeconds:0.00}");
}
