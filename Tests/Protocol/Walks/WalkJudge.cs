using Orleans.Paxos.Verification.Simulation.Monitors;

namespace Orleans.Paxos.Tests.Protocol.Walks;

/// <summary>Sees everything that a proposer or reader takes for chosen, and holds it against all that was taken for chosen before.</summary>
internal sealed class WalkJudge
{
    private readonly Dictionary<long, WindowItem> _chain = [];
    private readonly Dictionary<Guid, long> _versions = [];
    private readonly HashSet<Guid> _refused = [];
    private readonly Dictionary<Guid, Change> _changes = [];
    private readonly EntryLedger _entries;

    public WalkJudge() => _entries = new EntryLedger(id => _changes.GetValueOrDefault(id));

    /// <summary>The newest version that anyone took for chosen.</summary>
    public long Version { get; private set; }

    /// <summary>The first thing that is wrong; null while nothing is.</summary>
    public string? Broken { get; private set; }

    /// <summary>A client asks for a change.</summary>
    public void Asked(ChangeRequest request) => _changes.Add(request.RequestId, request.Change);

    /// <summary>A state is taken for chosen and current.</summary>
    /// <param name="state">The state.</param>
    /// <param name="least">The newest version that was taken for chosen before the question began.</param>
    public void Chosen(RegisterState state, long least)
    {
        if (state.Version < least)
            Break($"version {state.Version} is taken for the newest after version {least} was");
        for (var version = state.WindowStart; version <= state.Version; version++)
        {
            var item = state.Window[(int)(version - state.WindowStart)];
            if (!_chain.TryAdd(version, item) && _chain[version] != item)
                Break($"version {version} is two: {_chain[version].RequestId} and {item.RequestId}");
            if (!_versions.TryAdd(item.RequestId, version) && _versions[item.RequestId] != version)
                Break($"request {item.RequestId} wrote versions {_versions[item.RequestId]} and {version}");
            if (_refused.Contains(item.RequestId))
                Break($"request {item.RequestId} was refused and wrote version {version}");
        }

        if (_entries.Chosen(state) is { } wrong)
            Break(wrong);
        Version = Math.Max(Version, state.Version);
    }

    /// <summary>A client is told what became of its request, after the state that decided it was taken for chosen.</summary>
    /// <param name="request">The request, as the client knows it.</param>
    /// <param name="status">What it is told.</param>
    public void Told(Guid request, ChangeStatus status)
    {
        switch (status)
        {
            case ChangeStatus.Applied when !_versions.ContainsKey(request):
                Break($"request {request} was applied and wrote nothing");
                break;
            case ChangeStatus.AlreadyDecided or ChangeStatus.NotFound or ChangeStatus.VersionMismatch or ChangeStatus.Fenced or ChangeStatus.NotACounter:
                _refused.Add(request);
                if (_versions.TryGetValue(request, out var version))
                    Break($"request {request} was refused and wrote version {version}");
                break;
        }
    }

    /// <summary>A step was found wrong.</summary>
    public void Break(string what) => Broken ??= what;
}
