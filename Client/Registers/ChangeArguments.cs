namespace Orleans.Paxos;

/// <summary>Refuses changes that no register can make, before anything is sent.</summary>
internal static class ChangeArguments
{
    public static void Validate(Change change, ChangeOptions? options)
    {
        Validate(change);
        if (options?.RequestId == Guid.Empty)
            throw new ArgumentException("The request id is empty. Leave it out for a new request, or give the one of the request that is sent again.", nameof(options));
        if (options?.Floor < 0)
            throw new ArgumentException($"The floor is {options.Floor}; a floor is a version, 0 or more.", nameof(options));
    }

    /// <summary>Refuses the change alone; the grains ask the same, because not every caller is this library.</summary>
    /// <exception cref="ArgumentException">It is no change that a register can make.</exception>
    public static void Validate(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (Problem(change) is { } problem)
            throw new ArgumentException(problem, nameof(change));
    }

    /// <summary>Whether there is any register that refuses the change; the grains ask the same.</summary>
    public static bool HasCondition(Change change) => change.Kind != ChangeKind.Set || change.ExpectedVersion is not null;

    private static string? Problem(Change change) => change switch
    {
        { Value: null } => "The change has no value. An empty value is an empty array.",
        { ExpectedVersion: < 0 } => $"The expected version is {change.ExpectedVersion}; a version is 0 or more.",
        { Kind: ChangeKind.CompareAndSet, ExpectedVersion: null } => "A compare-and-set needs an expected version; 0 stands for a register never written.",
        { Kind: ChangeKind.Delete, Value.Length: > 0 } => "A deletion has no value.",
        { Kind: < ChangeKind.Set or > ChangeKind.Delete } => $"{(int)change.Kind} is no kind of change.",
        _ => null,
    };
}
