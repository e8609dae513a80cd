namespace Orleans.Paxos.Client.Calls;

/// <summary>What the answer to one copy of a call means for the call.</summary>
internal enum Verdict
{
    /// <summary>There is no answer yet: the copy may have had an effect, or have one yet.</summary>
    Pending = 0,

    /// <summary>The answer of the call, whatever becomes of the other copies.</summary>
    Final = 1,

    /// <summary>No majority answered. The copy had no effect and never will; another gateway may reach a majority.</summary>
    Unavailable = 2,

    /// <summary>The copy failed without an effect.</summary>
    Failed = 3,

    /// <summary>The copy failed, and may have had an effect, or have one yet.</summary>
    Unknown = 4,
}
