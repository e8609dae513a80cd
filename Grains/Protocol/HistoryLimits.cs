namespace Orleans.Paxos.Protocol;

/// <summary>How many of a register's newest entries are kept.</summary>
/// <param name="Entries">The most entries.</param>
/// <param name="Bytes">The most bytes of their values in total. The newest entry is kept whatever its size.</param>
internal readonly record struct HistoryLimits(int Entries, int Bytes)
{
    /// <summary>Returns the first version of a state that is within the limits; 1 for a register that was never written.</summary>
    public long FirstVersion(RegisterState state)
    {
        var bytes = 0L;
        for (var age = 0; age < state.Window.Length; age++)
        {
            bytes += state.Window[^(age + 1)].ValueBytes;
            var newest = age == 0;
            if (age >= Entries || (bytes > Bytes && !newest))
                return state.Version - age + 1;
        }

        return state.WindowStart;
    }

    /// <summary>Returns how many bytes of values a state's history has.</summary>
    public long BytesOf(RegisterState state)
    {
        var bytes = 0L;
        for (var version = FirstVersion(state); version <= state.Version; version++)
            bytes += state.ItemOf(version)?.ValueBytes ?? 0;
        return bytes;
    }
}
