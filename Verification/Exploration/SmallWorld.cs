using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>A world small enough to visit all of it: the possible moves and the rules that they follow.</summary>
internal sealed class SmallWorld
{
    private readonly AcceptorMoves _acceptorMoves;
    private readonly ProposerMoves _proposerMoves;
    private readonly CanonicalForm _canonicalForm;
    private readonly Catalogue _catalogue = new();
    private readonly StepList _steps;
    private readonly int _attempts;

    /// <summary>Makes a world.</summary>
    /// <param name="scenario">What its proposers are asked to do.</param>
    /// <param name="attempts">How often each of them may try.</param>
    /// <param name="rules">How it moves.</param>
    /// <param name="watched">Which invariants are watched for; null for all.</param>
    public SmallWorld(WorldScenario scenario, int attempts, SmallWorldRules rules, IReadOnlySet<string>? watched = null)
    {
        Scenario = scenario;
        _attempts = attempts;
        _steps = new StepList(watched);
        var chain = new ChosenHistory(_catalogue, _steps);
        _acceptorMoves = new AcceptorMoves(attempts, rules, _catalogue, chain, _steps);
        _proposerMoves = new ProposerMoves(scenario, attempts, rules, _catalogue, chain, _steps);
        _canonicalForm = new CanonicalForm(scenario, attempts, rules, _catalogue);
    }

    public WorldScenario Scenario { get; }

    public Catalogue Catalogue => _catalogue;

    public WorldState Start() => WorldState.Initial(_attempts, _catalogue.Records.NumberOf(AcceptorRecord.Blank));

    /// <summary>All that can happen next; valid until the next call.</summary>
    public IReadOnlyList<WorldStep> StepsFrom(WorldState world)
    {
        _steps.Clear();
        _acceptorMoves.AddTo(world);
        _proposerMoves.AddTo(world);
        return _steps.Steps;
    }

    /// <summary>The world that stands for all that have the same future as this one, which is altered.</summary>
    public WorldState Canonical(WorldState world)
    {
        _canonicalForm.Reduce(world);
        return world;
    }
}
