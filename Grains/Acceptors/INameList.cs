namespace Orleans.Paxos.Acceptors;

/// <summary>
/// The names for which an acceptor has accepted a state, in the order of their bytes in UTF-8.
/// </summary>
internal interface INameList
{
    /// <summary>The approximate number of names, as far as they were counted.</summary>
    long Count { get; }

    /// <summary>Counts the names once. From then on, <see cref="Count"/> is kept up to date.</summary>
    Task CountAsync();

    /// <summary>Enumerates the names that start with a prefix and order after another name.</summary>
    IAsyncEnumerable<string> EnumerateAsync(string prefix, string after);
}
