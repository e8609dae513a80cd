using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Tests.Coordination.World;

/// <summary>Registers in memory, with the rules of the real ones.</summary>
internal sealed class MemoryRegisters
{
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);

    private readonly SortedDictionary<string, RegisterState> _states = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new();

    /// <summary>How many versions were written.</summary>
    public int Writes { get; private set; }

    public IEnumerable<string> Names => _states.Where(static each => each.Value.Exists).Select(static each => each.Key);

    /// <summary>Ends with the next change of any register.</summary>
    public Task Changed => _changed.Task;

    public RegisterState StateOf(string name) => _states.GetValueOrDefault(name, RegisterState.Empty);

    public ChangeOutcome Change(string name, ChangeRequest request)
    {
        var judgement = ChangeRules.Judge(StateOf(name), basisChosen: true, [request], Limits);
        if (judgement.Altered)
        {
            Writes++;
            _states[name] = judgement.State;
            var changed = _changed;
            _changed = new TaskCompletionSource();
            changed.SetResult();
        }

        return judgement.Outcomes[0];
    }
}
