using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>
/// Two locks of a run, as far as registers know them: whoever takes one is given a token that is higher than all before it. Nobody gives a lock back,
/// so each earlier holder is one that does not know yet that it has lost it. They are used in some runs only.
/// </summary>
internal sealed class FenceSource(Dice dice, bool always)
{
    private const double Used = 0.4;
    private const double OtherLock = 0.1;

    private readonly bool _isUsed = dice.Chance(always ? 1 : Used);
    private readonly Dictionary<string, long> _tokens = new() { ["jobs/nightly"] = 0, ["jobs/n\u00FCtzlich"] = 0 };

    /// <summary>Opens an account of the tokens that a client holds.</summary>
    public Holder NewHolder() => new(this, dice);

    private Fence Take(string name) => new(name, ++_tokens[name]);

    /// <summary>A client that takes a lock from time to time, and goes on to use its token after others have taken it.</summary>
    internal sealed class Holder(FenceSource source, Dice dice)
    {
        private const double SendsFenced = 0.6;
        private const double TakesAgain = 0.2;

        private readonly Dictionary<string, Fence> _held = [];

        /// <summary>Puts a change behind a fence, or not.</summary>
        public Change Fenced(Change change)
        {
            if (!source._isUsed || !dice.Chance(SendsFenced))
                return change;
            var name = source._tokens.Keys.ElementAt(dice.Chance(OtherLock) ? 1 : 0);
            if (!_held.TryGetValue(name, out var fence) || dice.Chance(TakesAgain))
                _held[name] = fence = source.Take(name);
            return change with { Fence = fence };
        }
    }
}
