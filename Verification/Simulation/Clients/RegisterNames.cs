using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>
/// The registers of a run: a few from the start and, in half of the runs, new ones from time to time, which many clients
/// use at once. The first write of a register differs from all later ones, and rivals for it must meet before one of them has won.
/// </summary>
internal sealed class RegisterNames
{
    private const int Most = 12;
    private const double OddNames = 0.3;
    private const double Counters = 0.4;

    /// <summary>Beginnings of names that are easy to confuse, to order wrongly or to cut in the middle.</summary>
    private static readonly ImmutableArray<string> Odd =
    [
        "R", "r/", "r~", "r.", "r%2F", "r_2f", "r+", "r&x=", "'\"<", "\u00FC", "u\u0308", "\uFF61", "\U0001F642", "\u200D", "r".PadRight(250, 'x'), string.Concat(Enumerable.Repeat("\U0001F642", 62)),
    ];

    private readonly Dice _dice;
    private readonly Action<string> _added;
    private readonly double _newRate;
    private readonly double _oddRate;
    private readonly double _counterRate;
    private readonly List<string> _names = [];
    private readonly HashSet<string> _counters = [];
    private TaskCompletionSource _next = new();

    public RegisterNames(Dice dice, Action<string> added)
    {
        (_dice, _added, _oddRate, _counterRate) = (dice, added, dice.Chance(OddNames) ? 0.7 : 0, dice.Chance(Counters) ? 0.5 : 0);
        for (var count = dice.Between(1, dice.Between(1, 5)); count > 0; count--)
            Add();
        _newRate = dice.Chance(0.5) ? dice.Spread(0.1, 1) : 0;
    }

    /// <summary>The current registers.</summary>
    public IReadOnlyList<string> All => _names;

    /// <summary>Whether clients mostly add to a register, and write numbers to it.</summary>
    public bool IsCounter(string register) => _counters.Contains(register);

    /// <summary>A task that completes when another register is added.</summary>
    public Task Another => _next.Task;

    /// <summary>Adds a register at random.</summary>
    public bool TryAdd()
    {
        if (_names.Count == Most || !_dice.Chance(_newRate))
            return false;
        Add();
        return true;
    }

    private void Add()
    {
        _names.Add($"{(_dice.Chance(_oddRate) ? _dice.Pick(Odd) : "r")}{_names.Count + 1}");
        if (_dice.Chance(_counterRate))
            _counters.Add(_names[^1]);
        _added(_names[^1]);
        var next = _next;
        _next = new();
        next.SetResult();
    }
}
