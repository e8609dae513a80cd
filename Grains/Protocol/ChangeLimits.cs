namespace Orleans.Paxos;

/// <summary>What a change may look like, whatever the register holds.</summary>
internal static class ChangeLimits
{
    /// <summary>Refuses a change that no register can take.</summary>
    /// <exception cref="ArgumentException">It has no kind that is known, or a version below zero.</exception>
    /// <exception cref="RegisterValueTooLargeException">Its value is over the limit.</exception>
    public static void Validate(Change change, int maxValueBytes)
    {
        if (!Enum.IsDefined(change.Kind))
            throw new ArgumentException($"A change has the unknown kind {change.Kind}.", nameof(change));
        if (change.ExpectedVersion is < 0)
            throw new ArgumentException($"The expected version is {change.ExpectedVersion}; a version is 0 (never written) or more.", nameof(change));
        if (change.Kind == ChangeKind.CompareAndSet && change.ExpectedVersion is null)
            throw new ArgumentException("A compare-and-set has no expected version; give one, 0 for a register never written.", nameof(change));
        if (change.Value.Length > maxValueBytes)
            throw new RegisterValueTooLargeException(change.Value.Length, maxValueBytes);
    }
}
