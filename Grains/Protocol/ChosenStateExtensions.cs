namespace Orleans.Paxos.Protocol;

/// <summary>What follows from a chosen state.</summary>
internal static class ChosenStateExtensions
{
    /// <summary>The version that every later version is above, if that is known.</summary>
    public static long Floor(this ChosenState chosen) => Math.Max(chosen.State.Version, chosen.State.Origin.Version);

    /// <summary>
    /// Whether every later version is above what a read has shown. If no majority knows the register and names of its bucket were forgotten, a
    /// proposal that began before may still write a lower version: only promises prevent it.
    /// </summary>
    public static bool IsFloor(this ChosenState read) => !read.Ballot.IsNone || read.State.Origin.Version == 0;

    /// <summary>The last version that a register without a version may have had. The one that it begins above is an end, and no version.</summary>
    public static long GoneThrough(this ChosenState empty) => empty.Ballot.IsNone ? empty.State.Origin.Version - 1 : empty.State.Origin.Forgotten;
}
