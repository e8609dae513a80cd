using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Proposers;

/// <summary>The pages of a majority of acceptors, put together.</summary>
/// <param name="Registers">Every register named, in the order of the names' bytes, up to where all pages reach.</param>
/// <param name="CoveredUpTo">The name up to which every page is complete; null when all are complete to the end.</param>
internal sealed record MergedNames(IReadOnlyCollection<ListedRegister> Registers, string? CoveredUpTo)
{
    public static MergedNames Of(IReadOnlyList<Vote<ListReply>> pages, Quorums quorums)
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
                    registers.Add(view.Name, register = new ListedRegister(view.Name, quorums));
                register.Add(page.Acceptor, view);
            }
        }

        return new MergedNames(registers.Values, covered);
    }
}

/// <summary>What the acceptors that answered say of one register.</summary>
internal sealed class ListedRegister(string name, Quorums quorums)
{
    private readonly List<(AcceptorPeer Acceptor, ListedName View)> _views = [];

    public string Name => name;

    /// <summary>Whether the answers show which state is chosen and current.</summary>
    public bool IsDecided => Agreed is not null;

    /// <summary>Whether it has a value, if that is decided.</summary>
    public bool Exists => Agreed is { } ballot && _views.Find(each => each.View.Accepted == ballot).View.Exists;

    /// <summary>How large its value is, as far as the acceptors know.</summary>
    public int ValueBytes => _views.Max(static each => each.View.ValueBytes);

    /// <summary>The version of the state that is chosen and current, if that is decided.</summary>
    public long Version => Agreed is { } ballot ? _views.Find(each => each.View.Accepted == ballot).View.Version : 0;

    /// <summary>The ballot whose state is chosen and current; null when the answers do not show it.</summary>
    public Ballot? Agreed => ProposerRules.Agreed(_views, static each => each.View.Accepted, Ballot.None, quorums);

    /// <summary>The highest ballot that any of them has accepted.</summary>
    public Ballot Highest => _views.Select(static each => each.View.Accepted).Max();

    /// <summary>The acceptors that reported a ballot, the fastest first.</summary>
    public IEnumerable<AcceptorPeer> HoldersOf(Ballot ballot) =>
        _views.Where(each => each.View.Accepted == ballot).Select(static each => each.Acceptor);

    /// <summary>Whether nobody reports anything that an acceptor lacks. Ballots of the initial round are rivals, whichever is higher.</summary>
    public bool IsNewestAt(AcceptorPeer acceptor)
    {
        var held = _views.Find(each => each.Acceptor == acceptor).View.Accepted;
        return _views.TrueForAll(each => each.View.Accepted == held || (each.View.Accepted < held && !held.IsInitial));
    }

    public void Add(AcceptorPeer acceptor, ListedName view) => _views.Add((acceptor, view));
}
