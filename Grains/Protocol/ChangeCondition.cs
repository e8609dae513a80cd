namespace Orleans.Paxos.Protocol;

/// <summary>What a change needs of the register that it is applied to. Pure.</summary>
internal static class ChangeCondition
{
    /// <summary>Why a register refuses the change; null when its condition holds.</summary>
    /// <param name="change">The change.</param>
    /// <param name="version">The register's version.</param>
    /// <param name="exists">Whether it has a value at that version; null when that is not known, and then no condition on it holds.</param>
    public static ChangeStatus? Refusal(Change change, long version, bool? exists)
    {
        if (change.ExpectedVersion is { } expected && expected != version)
            return ChangeStatus.VersionMismatch;
        return change.Kind switch
        {
            ChangeKind.Decide when exists != false => ChangeStatus.AlreadyDecided,
            ChangeKind.Delete when exists != true => ChangeStatus.NotFound,
            _ => null,
        };
    }
}
