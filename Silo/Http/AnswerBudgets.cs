namespace Orleans.Paxos.Silo.Http;

/// <summary>The memory for answers, in parts: those who watch must leave room for those who read, and no one waits for a part with a share of it.</summary>
/// <param name="options">Has the whole.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerBudgets(HttpOptions options, HttpMetrics metrics, TimeProvider time)
{
    /// <summary>What the server holds for an answer that is not read, beside the answer itself.</summary>
    public const int BytesOfAConnection = 32 * 1024;

    /// <summary>Values are held twice for a moment: as they came, and as they are written.</summary>
    private const int Copies = 2;

    /// <summary>For everything that is asked once.</summary>
    public AnswerBudget Answers { get; } = new(options.AnswerMemoryBytes / 2, metrics, time);

    /// <summary>For the events of watches.</summary>
    public AnswerBudget Events { get; } = new(options.AnswerMemoryBytes / 4, metrics, time);

    /// <summary>For the connections to which events are being sent.</summary>
    public AnswerBudget EventConnections { get; } = new(options.AnswerMemoryBytes / 4, metrics, time);

    /// <summary>What values take until they are written.</summary>
    /// <param name="valueBytes">The most that they have together.</param>
    public static long BytesOf(long valueBytes) => Copies * valueBytes;
}

/// <summary>A request's share of the memory for answers.</summary>
internal static class AnswerShares
{
    /// <summary>Takes room for an answer before it is asked for. The request gives it back at its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="valueBytes">The most that the answer's values can have.</param>
    /// <exception cref="ProblemException">There was no room in time.</exception>
    public static async Task ReserveAnswerAsync(this HttpContext context, long valueBytes)
    {
        var budget = context.RequestServices.GetRequiredService<AnswerBudgets>().Answers;
        var share = await budget.TakeAsync(AnswerBudgets.BytesOf(valueBytes) + AnswerBudgets.BytesOfAConnection, context.RequestAborted);
        context.Response.RegisterForDispose(share);
        context.Features.Set(share);
    }

    /// <summary>Makes the request's share, if it has one, as large as its answer is.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bytes">The answer's size.</param>
    /// <exception cref="ProblemException">The answer is larger than was thought, and there was no room for it in time.</exception>
    public static Task AnswerHasAsync(this HttpContext context, int bytes) => context.Features.Get<AnswerShare>() is { } share
        ? share.ResizeAsync(bytes + AnswerBudgets.BytesOfAConnection, context.RequestAborted)
        : Task.CompletedTask;
}
