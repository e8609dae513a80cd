namespace Orleans.Paxos.Protocol;

/// <summary>The condition that a change sets for the register that it is applied to. Pure.</summary>
internal static class ChangeCondition
{
    /// <summary>Returns why a register refuses the change; null when the change's condition holds.</summary>
    /// <param name="change">The change.</param>
    /// <param name="version">The register's version.</param>
    /// <param name="exists">Whether the register has a value at that version; null when that is not known, in which case no condition on
    /// it holds.</param>
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
