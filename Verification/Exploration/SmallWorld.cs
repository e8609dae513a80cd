using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>A world that is small enough to visit completely: its possible moves and the rules that they follow.</summary>
internal sealed class SmallWorld : IWorld<WorldState, Move>
{
    private readonly AcceptorMoves _acceptorMoves;
    private readonly ProposerMoves _proposerMoves;
    private readonly CanonicalForm _canonicalForm;
    private readonly Catalogue _catalogue = new();
    private readonly StepList<WorldState, Move> _steps;
    private readonly SmallWorldRules _rules;
    private readonly int _attempts;

    /// <summary>Creates a world.</summary>
    /// <param name="scenario">The requests of its proposers.</param>
    /// <param name="attempts">The maximum number of attempts of each proposer from the start on.</param>
    /// <param name="rules">The rules of its moves.</param>
    /// <param name="watched">The invariants to check; null for all.</param>
    public SmallWorld(WorldScenario scenario, int attempts, SmallWorldRules rules, IReadOnlySet<string>? watched = null)
    {
        Scenario = scenario;
        _rules = rules;
        _attempts = attempts += scenario.AttemptsBefore;
        _steps = new StepList<WorldState, Move>(watched);
        var chain = new ChosenHistory(_catalogue, _steps);
        _acceptorMoves = new AcceptorMoves(scenario.Forgets, attempts, rules, _catalogue, chain, _steps);
        _proposerMoves = new ProposerMoves(scenario, attempts, rules, _catalogue, chain, _steps);
        _canonicalForm = new CanonicalForm(scenario, attempts, rules, _catalogue);
    }

    public WorldScenario Scenario { get; }

    public Catalogue Catalogue => _catalogue;

    /// <inheritdoc/>
    public WorldState Start()
    {
        var start = WorldState.Initial(_attempts, _catalogue.Records.NumberOf(AcceptorRecord.Blank), _catalogue.Watermarks.NumberOf(default));
        if (Scenario.Forgets)
            new DeletedRegister(_attempts, _rules, _catalogue).Begin(start);
        return start;
    }

    /// <inheritdoc/>
    public IReadOnlyList<WorldStep<WorldState, Move>> StepsFrom(WorldState world)
    {
        _steps.Clear();
        _acceptorMoves.AddTo(world);
        _proposerMoves.AddTo(world);
        return _steps.Steps;
    }

    /// <inheritdoc/>
    public WorldState Canonical(WorldState world)
    {
        _canonicalForm.Reduce(world);
        return world;
    }
}
