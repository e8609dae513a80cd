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
                register.Add(view);
            }
        }

        return new MergedNames(registers.Values, covered);
    }
}

/// <summary>What the acceptors that answered say of one register.</summary>
internal sealed class ListedRegister(string name, Quorums quorums)
{
    private readonly List<ListedName> _views = [];

    public string Name => name;

    /// <summary>Whether the answers show which state is chosen and current.</summary>
    public bool IsDecided => Agreed is not null;

    /// <summary>Whether it has a value, if that is decided.</summary>
    public bool Exists => Agreed is { } ballot && _views.Find(view => view.Accepted == ballot).Exists;

    /// <summary>How large its value is, as far as the acceptors know.</summary>
    public int ValueBytes => _views.Max(static view => view.ValueBytes);

    private Ballot? Agreed => ProposerRules.Agreed(_views, static view => view.Accepted, Ballot.None, quorums);

    public void Add(ListedName view) => _views.Add(view);
}
