namespace Orleans.Paxos.Protocol;

/// <summary>What is known of one version of a register.</summary>
/// <param name="Version">The version; 0 for a register without one.</param>
/// <param name="Exists">Whether the register had a value; null when that is not known.</param>
/// <param name="IsCounter">Whether a number can be added to it; false when that is not known.</param>
internal readonly record struct VersionFacts(long Version, bool? Exists, bool IsCounter)
{
    /// <summary>A register without a version.</summary>
    public static VersionFacts None { get; } = new(0, Exists: false, IsCounter: true);

    /// <summary>What a version is whose entry is there.</summary>
    public static VersionFacts Of(RegisterEntry entry) => new(entry.Version, !entry.Deleted, entry.Deleted || CounterValue.Parse(entry.Value) is not null);

    /// <summary>What is known of a version whose item is in the window; null if it is not.</summary>
    public static VersionFacts Of(long version, WindowItem? item) => item is { } known
        ? new VersionFacts(version, !known.Deleted, known.Deleted || known.IsCounter)
        : new VersionFacts(version, Exists: null, IsCounter: false);
}

/// <summary>The condition that a change sets for the register that it is applied to. Pure.</summary>
internal static class ChangeCondition
{
    /// <summary>Returns why a register refuses the change; null when the change's condition holds. A condition on what is not known does not hold.</summary>
    /// <param name="change">The change.</param>
    /// <param name="facts">The register's version.</param>
    public static ChangeStatus? Refusal(Change change, VersionFacts facts)
    {
        if (change.ExpectedVersion is { } expected && expected != facts.Version)
            return ChangeStatus.VersionMismatch;
        return change.Kind switch
        {
            ChangeKind.Restore when facts.Version > 0 => ChangeStatus.VersionMismatch,
            ChangeKind.Decide when facts.Exists != false => ChangeStatus.AlreadyDecided,
            ChangeKind.Delete when facts.Exists != true => ChangeStatus.NotFound,
            ChangeKind.Add when !facts.IsCounter => ChangeStatus.NotACounter,
            _ => null,
        };
    }
}
