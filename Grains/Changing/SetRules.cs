namespace Orleans.Paxos.Changing;

/// <summary>Which changes of a set are possible. Pure.</summary>
internal static class SetRules
{
    /// <summary>The acceptors that stay through a change, without those that come.</summary>
    /// <exception cref="AcceptorChangeRefusedException">The change is not possible.</exception>
    public static ImmutableArray<AcceptorMember> Staying(AcceptorSet set, AcceptorChange change)
    {
        if (change.Add.IsEmpty && change.Remove.IsEmpty)
            throw new AcceptorChangeRefusedException("The change names no acceptor. Name one to add or to remove.");
        if (change.PerSecond is < 0 or > AcceptorChange.MostPerSecond)
            throw new AcceptorChangeRefusedException($"{change.PerSecond} registers in a second cannot be kept to; it takes 1 to {AcceptorChange.MostPerSecond}, or 0 for as many as the cluster can.");
        foreach (var names in (ImmutableArray<ImmutableArray<string>>)[change.Add, change.Remove])
            EnsureNames(names);
        if (change.Remove.FirstOrDefault(name => !Has(name)) is { } unknown)
            throw new AcceptorChangeRefusedException($"There is no acceptor '{unknown}' to remove: the set is [{set}].");
        if (change.Add.FirstOrDefault(name => Has(name) && !change.Remove.Contains(name)) is { } present)
            throw new AcceptorChangeRefusedException($"Acceptor '{present}' is in the set [{set}] already. If it has lost its storage, replace it by itself.");
        ImmutableArray<AcceptorMember> staying = [.. set.Members.Where(member => !change.Remove.Contains(member.Name))];
        return (staying.Length + change.Add.Length) switch
        {
            0 => throw new AcceptorChangeRefusedException("No acceptor would be left. Add one in the same change, or keep one."),
            > AcceptorSet.MaxAcceptors => throw new AcceptorChangeRefusedException(
                $"The set would have {staying.Length + change.Add.Length} acceptors; it takes 1 to {AcceptorSet.MaxAcceptors}."),
            _ => staying,
        };

        bool Has(string name) => set.Members.Any(member => member.Name == name);
    }

    private static void EnsureNames(ImmutableArray<string> names)
    {
        if (names.Any(string.IsNullOrWhiteSpace))
            throw new AcceptorChangeRefusedException("An acceptor's name is empty. It is the name of the silo that runs it.");
        if (names.GroupBy(static name => name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            throw new AcceptorChangeRefusedException($"The change names acceptor '{twice.Key}' twice. Name it once.");
    }
}
