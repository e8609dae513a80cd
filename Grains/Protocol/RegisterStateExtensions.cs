namespace Orleans.Paxos.Protocol;

/// <summary>Questions about a state that several parts of the protocol ask.</summary>
internal static class RegisterStateExtensions
{
    /// <summary>
    /// The end of a deleted register: a state without an entry, in which nothing is left to know but what a version must be above. It takes a
    /// version of its own, which tells a floor that was read after the end from one that was read before. Null if the register is not deleted, or has a
    /// guard, which outlives every holder of its lock.
    /// </summary>
    public static RegisterState? End(this RegisterState state) => state.Newest is { Deleted: true, Guard: null } tombstone
        ? RegisterState.Empty with { Origin = new RegisterOrigin(tombstone.Version + 1, tombstone.Version) }
        : null;

    /// <summary>Returns the request that wrote a version; null when the window does not reach it.</summary>
    public static Guid? RequestIdOf(this RegisterState state, long version) => state.ItemOf(version)?.RequestId;

    /// <summary>Returns the version that a request wrote; null when it is not in the window.</summary>
    public static long? VersionOf(this RegisterState state, Guid requestId)
    {
        for (var index = state.Window.Length - 1; index >= 0; index--)
        {
            if (state.Window[index].RequestId == requestId)
                return state.WindowStart + index;
        }

        return null;
    }

    /// <summary>Returns the entry of a version; null when the state does not carry it.</summary>
    public static RegisterEntry? EntryOf(this RegisterState state, long version)
    {
        var index = version - (state.Version - state.Entries.Length + 1);
        return index >= 0 && index < state.Entries.Length ? state.Entries[(int)index] : null;
    }

    /// <summary>
    /// Whether an entry is the one that this state's chain has at its version. The request id alone does not tell: two changes may have been
    /// sent with one id.
    /// </summary>
    public static bool Contains(this RegisterState state, RegisterEntry entry) => state.ItemOf(entry.Version)?.IsOf(entry) == true;

    /// <summary>What the window keeps of a version; null when it does not reach it.</summary>
    public static WindowItem? ItemOf(this RegisterState state, long version) =>
        version >= state.WindowStart && version <= state.Version ? state.Window[(int)(version - state.WindowStart)] : null;
}
