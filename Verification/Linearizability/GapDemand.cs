namespace Orleans.Paxos.Verification;

/// <summary>What a refusal demands of versions that nobody was shown: at one of them the register had a value, or had none.</summary>
/// <param name="First">The first version that will do.</param>
/// <param name="Last">The last.</param>
/// <param name="Exists">Whether a value is demanded, or that there be none.</param>
internal readonly record struct GapDemand(long First, long Last, bool Exists);
