using System.Text;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The requests that the proposers of a small world carry out in sequence.</summary>
/// <param name="Name">A description of the scenario.</param>
/// <param name="First">The requests of the first proposer.</param>
/// <param name="Second">The requests of the second proposer. A request that both have was sent twice.</param>
/// <param name="Forgets">
/// Whether the world begins with a <see cref="DeletedRegister"/>, whose deletion is the second proposer's first request, and acceptors may forget it.
/// </param>
internal sealed record WorldScenario(string Name, ImmutableArray<ChangeRequest?> First, ImmutableArray<ChangeRequest?> Second, bool Forgets = false)
{
    /// <summary>The request of a register's first value.</summary>
    internal static readonly ChangeRequest DecideA = Request('a', Change.Decide(Value('a')));
    private static readonly ChangeRequest DecideB = Request('b', Change.Decide(Value('b')));
    private static readonly ChangeRequest SetC = Request('c', Change.Set(Value('c')));
    /// <summary>The request that deletes it.</summary>
    internal static readonly ChangeRequest Delete = Request('d', Change.Delete(), floor: 1);
    private static readonly ChangeRequest SwapE = Request('e', Change.CompareAndSet(Value('e'), 0));
    private static readonly ChangeRequest SwapF = Request('f', Change.CompareAndSet(Value('f'), 1), floor: 1);

    /// <summary>A proposal that ends the register if it is deleted.</summary>
    private static readonly ChangeRequest? End = null;
    private static readonly ChangeRequest DecideGAfterDeletion = Request('g', Change.Decide(Value('g')), floor: 2);
    private static readonly ChangeRequest SetHAfterEnd = Request('h', Change.Set(Value('h')), floor: 3);
    private static readonly ChangeRequest SetIAfterEnd = Request('i', Change.Set(Value('i')), floor: 3);
    private static readonly ChangeRequest SetJ = Request('j', Change.Set(Value('j')));

    /// <summary>All scenarios. A request has a floor of 1 if its proposer knows version 1 when the request is made.</summary>
    public static ImmutableArray<WorldScenario> All { get; } =
    [
        new("two decide", [DecideA], [DecideB]),
        new("two write, then one compares", [SetC, SwapF], [DecideA]),
        new("one request is sent to both", [DecideA, SetC], [DecideA, Delete]),
        new("one swap is sent to both, and then each goes on", [SwapE, DecideB], [SwapE, SetC]),
        new("a refused request comes again after a deletion", [DecideB, Delete], [DecideA, DecideA]),
        new("a register is forgotten, and a refused request comes again", [End, SetHAfterEnd], [Delete, DecideGAfterDeletion, DecideGAfterDeletion], Forgets: true),
        new("a register is forgotten, and written by one who never saw it", [Delete, SetJ], [Delete, End, SetHAfterEnd], Forgets: true),
        new("a register is ended by both, and written anew", [End, SetHAfterEnd], [Delete, End, SetIAfterEnd], Forgets: true),
    ];

    /// <summary>The number of attempts that each proposer has made before the start.</summary>
    public int AttemptsBefore => Forgets ? 1 : 0;

    public ImmutableArray<ChangeRequest?> Of(int proposer) => proposer == 0 ? First : Second;

    /// <summary>Gets the name of a request for display.</summary>
    public static string NameOf(Guid requestId) => ((char)requestId.ToByteArray()[0]).ToString();

    /// <summary>Whether the request of a name deletes the register.</summary>
    public static bool IsDeletion(char name) => name == NameOf(Delete.RequestId)[0];

    private static byte[] Value(char name) => Encoding.UTF8.GetBytes([name]);

    private static ChangeRequest Request(char name, Change change, long floor = 0) =>
        new(new Guid(name, 0, 0, new byte[8]), change, DateTimeOffset.UnixEpoch, floor);
}
