using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Proposers;

/// <summary>The pages of a majority of acceptors, put together.</summary>
/// <param name="Registers">Every register named, in the order of the names' bytes, up to where all pages reach.</param>
/// <param name="CoveredUpTo">The name up to which every page is complete; null when all are complete to the end.</param>
internal sealed record MergedNames(IReadOnlyCollection<ListedRegister> Registers, string? CoveredUpTo)
{
    public static MergedNames Of(PeerSet peers, IReadOnlyList<Vote<ListReply>> pages)
    {
        var covered = pages.Where(page => page.Reply.More).Select(page => page.Reply.Names[^1].Name).Min(NameOrder.Instance);
        var registers = new SortedDictionary<string, ListedRegister>(NameOrder.Instance);
        foreach (var page in pages)
        {
            foreach (var view in page.Reply.Names)
            {
                if (covered is not null && NameOrder.Instance.Compare(view.Name, covered) > 0)
                    break;
                if (!registers.TryGetValue(view.Name, out var register))
                    registers.Add(view.Name, register = new ListedRegister(view.Name, peers));
                register.Add(page.Acceptor, view);
            }
        }

        return new MergedNames(registers.Values, covered);
    }
}

/// <summary>What the acceptors that answered say of one register.</summary>
internal sealed class ListedRegister(string name, PeerSet peers)
{
    private readonly List<Vote<ListedName>> _views = [];

    public string Name => name;

    /// <summary>Whether the answers show which state is chosen and current.</summary>
    public bool IsDecided => Agreed is not null;

    /// <summary>Whether it has a value, if that is decided.</summary>
    public bool Exists => Agreed is { } ballot && _views.Find(each => each.Reply.Accepted == ballot).Reply.Exists;

    /// <summary>How large its value is, as far as the acceptors know.</summary>
    public int ValueBytes => _views.Max(static each => each.Reply.ValueBytes);

    /// <summary>The version of the state that is chosen and current, if that is decided.</summary>
    public long Version => Agreed is { } ballot ? _views.Find(each => each.Reply.Accepted == ballot).Reply.Version : 0;

    /// <summary>The ballot whose state is chosen and current; null when the answers do not show it.</summary>
    public Ballot? Agreed => ProposerRules.Agreed(_views, static view => view.Accepted, Ballot.None, peers.Voters);

    /// <summary>The highest ballot that any of them has accepted.</summary>
    public Ballot Highest => _views.Select(static each => each.Reply.Accepted).Max();

    /// <summary>The state that the answers show to be chosen and current, from an acceptor that still holds it; null when they show none, or none does.</summary>
    public Task<ChosenState?> FetchAsync() => Agreed is { } ballot
        ? QuorumReader.FetchAsync(peers, name, ballot, _views.Where(each => each.Reply.Accepted == ballot).Select(static each => each.Acceptor))
        : Task.FromResult<ChosenState?>(null);

    /// <summary>Whether nobody reports anything that an acceptor lacks. Ballots of the initial round are rivals, whichever is higher.</summary>
    public bool IsNewestAt(int acceptor)
    {
        var held = _views.Find(each => each.Acceptor == acceptor).Reply.Accepted;
        return _views.TrueForAll(each => each.Reply.Accepted == held || (each.Reply.Accepted < held && !held.IsInitial));
    }

    public void Add(int acceptor, ListedName view) => _views.Add(new Vote<ListedName>(acceptor, view));
}
