namespace Orleans.Paxos;

/// <summary>A change of the acceptor set, from any set to any other. An acceptor that is among both is replaced: it has lost its storage.</summary>
/// <param name="Add">The acceptors that come. The silo of each must run, on storage that has never voted.</param>
/// <param name="Remove">The acceptors that leave.</param>
/// <param name="PerSecond">How many registers are carried over in a second at most, 1 to 1,000,000; 0 for as many as the cluster can.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptorChange")]
public sealed record AcceptorChange(
    [property: Id(0)] ImmutableArray<string> Add,
    [property: Id(1)] ImmutableArray<string> Remove,
    [property: Id(2)] int PerSecond = 0)
{
    /// <summary>The highest number of registers in a second that can be asked for.</summary>
    public const int MostPerSecond = 1_000_000;
}

/// <summary>How far a change of the acceptor set is.</summary>
public enum ChangeStep
{
    /// <summary>No change is under way.</summary>
    None = 0,

    /// <summary>The joint set is decided, and a majority of the acceptors before the change and of those after it take it over. It can be cancelled.</summary>
    Joining = 1,

    /// <summary>Every register is carried over to the acceptors after the change. It can be cancelled.</summary>
    Sweeping = 2,

    /// <summary>The set after the change, or after its cancellation, is decided, and the acceptors take it over.</summary>
    Finishing = 3,
}

/// <summary>The words for <see cref="ChangeStep"/>.</summary>
public static class ChangeStepWords
{
    /// <summary>Returns the word for a step in JSON and in the output of commands.</summary>
    /// <param name="step">The step.</param>
    /// <returns>A lower-case word, such as <c>sweeping</c>.</returns>
    public static string ToWord(this ChangeStep step) => step switch
    {
        ChangeStep.Joining => "joining",
        ChangeStep.Sweeping => "sweeping",
        ChangeStep.Finishing => "finishing",
        _ => "none",
    };
}

/// <summary>The acceptor set and how far its change is.</summary>
/// <param name="Set">The set that was decided last.</param>
/// <param name="Step">What is being done.</param>
/// <param name="Swept">How many registers were carried over.</param>
/// <param name="PerSecond">How many of them in a second, lately; 0 if that is not known.</param>
/// <param name="WaitsFor">What the change waits for; empty if it goes on.</param>
/// <param name="Acceptors">One for each acceptor, in the order of their names.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.AcceptorSetStatus")]
public sealed record AcceptorSetStatus(
    [property: Id(0)] AcceptorSet Set,
    [property: Id(1)] ChangeStep Step,
    [property: Id(2)] long Swept,
    [property: Id(3)] double PerSecond,
    [property: Id(4)] string WaitsFor,
    [property: Id(5)] ImmutableArray<AcceptorStatus> Acceptors);
