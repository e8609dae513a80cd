using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>
/// A page names every register in its range that had a value from its beginning to its end, none that had no value at any moment of
/// it, in the order of their bytes. Between registers nothing is promised: one that was written or deleted meanwhile may be there or not.
/// </summary>
internal static class ListingRules
{
    /// <summary>Checks pages.</summary>
    /// <param name="operations">Every call on the registers.</param>
    /// <param name="listings">The pages.</param>
    /// <returns>What is wrong, a sentence each.</returns>
    public static IReadOnlyList<string> Check(IReadOnlyList<Operation> operations, IReadOnlyList<Listing> listings)
    {
        var registers = operations.GroupBy(operation => operation.Register).ToDictionary(calls => calls.Key, calls => new Life([.. calls]));
        return [.. listings.SelectMany(listing => Check(registers, listing))];
    }

    private static IEnumerable<string> Check(Dictionary<string, Life> registers, Listing listing)
    {
        var names = listing.Names;
        if (names.Length > listing.Limit)
            yield return $"{listing.Name()} has {names.Length} names, and was to have {listing.Limit} at most.";
        if (listing.More && names.IsEmpty)
            yield return $"{listing.Name()} says that more follow, and shows none to go on from.";
        if (names.Any(name => !name.StartsWith(listing.Prefix, StringComparison.Ordinal)))
            yield return $"{listing.Name()} has a name that starts otherwise: {string.Join(", ", names)}.";
        for (var (before, index) = (listing.After, 0); index < names.Length; before = names[index++])
        {
            if (NameOrder.Instance.Compare(before, names[index]) >= 0)
                yield return $"{listing.Name()} has '{names[index]}' after '{before}'.";
        }

        foreach (var name in names.Where(name => !registers.TryGetValue(name, out var life) || life.HadNoValue(listing)))
            yield return $"{listing.Name()} has '{name}', which had no value then.";
        foreach (var (name, life) in registers.Where(register => IsInRange(register.Key, listing) && !names.Contains(register.Key) && register.Value.HadValue(listing)))
            yield return $"{listing.Name()} lacks '{name}', which was acknowledged before and not deleted.";
    }

    private static bool IsInRange(string name, Listing listing) =>
        name.StartsWith(listing.Prefix, StringComparison.Ordinal)
        && NameOrder.Instance.Compare(name, listing.After) > 0
        && (!listing.More || listing.Names.IsEmpty || NameOrder.Instance.Compare(name, listing.Names[^1]) <= 0);

    /// <summary>What is known of when a register had a value.</summary>
    private sealed class Life(IReadOnlyList<Operation> operations)
    {
        private readonly List<Request> _requests = [.. operations.Where(operation => operation.IsChange)
            .GroupBy(operation => operation.RequestId)
            .Select(calls => new Request([.. calls.OrderBy(call => call.Invoked)]))];

        private readonly Dictionary<Guid, long> _versions = operations.SelectMany(operation => operation.Entries)
            .DistinctBy(entry => entry.RequestId)
            .ToDictionary(entry => entry.RequestId, entry => entry.Version);

        /// <summary>Whether it is known to have had a value all the time.</summary>
        public bool HadValue(Listing listing) => Newest(listing, deletes: false) is { } written && NoneAfter(written, listing, deletes: true);

        /// <summary>Whether it is known to have had none all the time.</summary>
        public bool HadNoValue(Listing listing) => NoneAfter(Newest(listing, deletes: true) ?? 0, listing, deletes: false);

        /// <summary>The highest version that was acknowledged before the page was asked for.</summary>
        private long? Newest(Listing listing, bool deletes)
        {
            var acknowledged = _requests.Where(request => IsDelete(request) == deletes && _versions.ContainsKey(request.Change.RequestId)
                && request.Calls.Any(call => call.Answer == Answer.Applied && call.Returned < listing.Invoked)).ToList();
            return acknowledged.Count == 0 ? null : acknowledged.Max(request => _versions[request.Change.RequestId]);
        }

        /// <summary>Whether nothing of the kind can have been written above a version before the page was there.</summary>
        private bool NoneAfter(long version, Listing listing, bool deletes) => _requests.TrueForAll(request =>
            IsDelete(request) != deletes
            || !request.MayHaveEffect
            || request.EffectiveFrom > listing.Returned
            || (_versions.TryGetValue(request.Change.RequestId, out var written) && written < version));

        private static bool IsDelete(Request request) => request.Change.Kind == OperationKind.Delete;
    }
}
