namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The outcomes of a write under a fence.</summary>
internal enum GuardedOutcome
{
    Written,
    Fenced,
    Unknown,
}

/// <summary>A write of a token under its own fence.</summary>
/// <param name="Token">The token.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Version">The version that was written; zero if none is known.</param>
internal sealed record GuardedWrite(long Token, GuardedOutcome Outcome, long Version);
