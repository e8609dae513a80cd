namespace Orleans.Paxos.Acceptors;

/// <summary>The names that an acceptor has accepted a state of, in the order of their bytes in UTF-8. Names are never removed.</summary>
internal interface INameList
{
    /// <summary>About how many names there are, as far as they were counted.</summary>
    long Count { get; }

    /// <summary>Counts the names once; from then on <see cref="Count"/> counts along.</summary>
    Task CountAsync();

    /// <summary>The names that start with a prefix and order after another, as many as the caller takes.</summary>
    IAsyncEnumerable<string> EnumerateAsync(string prefix, string after);
}
