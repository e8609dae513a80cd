using System.Text;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The requests that the proposers of a small world carry out in sequence.</summary>
/// <param name="Name">A description of the scenario.</param>
/// <param name="First">The requests of the first proposer.</param>
/// <param name="Second">The requests of the second proposer. A request that both have was sent twice.</param>
internal sealed record WorldScenario(string Name, ImmutableArray<ChangeRequest> First, ImmutableArray<ChangeRequest> Second)
{
    private static readonly ChangeRequest DecideA = Request('a', Change.Decide(Value('a')));
    private static readonly ChangeRequest DecideB = Request('b', Change.Decide(Value('b')));
    private static readonly ChangeRequest SetC = Request('c', Change.Set(Value('c')));
    private static readonly ChangeRequest Delete = Request('d', Change.Delete(), floor: 1);
    private static readonly ChangeRequest SwapE = Request('e', Change.CompareAndSet(Value('e'), 0));
    private static readonly ChangeRequest SwapF = Request('f', Change.CompareAndSet(Value('f'), 1), floor: 1);

    /// <summary>All scenarios. A request has a floor of 1 if its proposer knows version 1 when the request is made.</summary>
    public static ImmutableArray<WorldScenario> All { get; } =
    [
        new("two decide", [DecideA], [DecideB]),
        new("two write, then one compares", [SetC, SwapF], [DecideA]),
        new("one request is sent to both", [DecideA, SetC], [DecideA, Delete]),
        new("one swap is sent to both, and then each goes on", [SwapE, DecideB], [SwapE, SetC]),
        new("a refused request comes again after a deletion", [DecideB, Delete], [DecideA, DecideA]),
    ];

    public ImmutableArray<ChangeRequest> Of(int proposer) => proposer == 0 ? First : Second;

    /// <summary>Gets the name of a request for display.</summary>
    public static string NameOf(Guid requestId) => ((char)requestId.ToByteArray()[0]).ToString();

    private static byte[] Value(char name) => Encoding.UTF8.GetBytes([name]);

    private static ChangeRequest Request(char name, Change change, long floor = 0) =>
        new(new Guid(name, 0, 0, new byte[8]), change, DateTimeOffset.UnixEpoch, floor);
}
