namespace Orleans.Paxos.Client.Calls;

/// <summary>What the answer to one copy of a call means for the call.</summary>
internal enum Verdict
{
    /// <summary>There is no answer yet: the copy may have had an effect, or may still have one.</summary>
    Pending = 0,

    /// <summary>The answer is that of the call, whatever happens to the other copies.</summary>
    Final = 1,

    /// <summary>No majority answered. The copy had no effect and never will; another gateway may reach a majority.</summary>
    Unavailable = 2,

    /// <summary>The copy failed without an effect.</summary>
    Failed = 3,

    /// <summary>The copy failed. It may have had an effect, or may still have one.</summary>
    Unknown = 4,
}
