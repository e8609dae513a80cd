namespace Orleans.Paxos.Protocol;

/// <summary>What a change may look like, whatever the register holds.</summary>
internal static class ChangeLimits
{
    /// <summary>Refuses a change that no register can take.</summary>
    /// <exception cref="ArgumentException">It is no change that a register can make.</exception>
    /// <exception cref="RegisterValueTooLargeException">Its value is over the limit.</exception>
    public static void Validate(Change change, int maxValueBytes)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Validate();
        if (change.Value.Length > maxValueBytes)
            throw new RegisterValueTooLargeException(change.Value.Length, maxValueBytes);
    }
}
