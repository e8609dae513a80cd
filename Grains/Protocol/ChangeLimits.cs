namespace Orleans.Paxos.Protocol;

/// <summary>Checks a change, whatever the register holds.</summary>
internal static class ChangeLimits
{
    /// <summary>Throws if no register can accept the change.</summary>
    /// <exception cref="ArgumentException">The change is not one that a register can make.</exception>
    /// <exception cref="RegisterValueTooLargeException">Its value is over the limit.</exception>
    public static void Validate(Change change, int maxValueBytes)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Validate();
        EnsureFits(change.Value);
        foreach (var entry in change.RestoredEntries())
            EnsureFits(entry.Value);

        void EnsureFits(byte[] value)
        {
            if (value.Length > maxValueBytes)
                throw new RegisterValueTooLargeException(value.Length, maxValueBytes);
        }
    }
}
