namespace Orleans.Paxos.Proposers;

/// <summary>Waits for the answers of acceptors when those of a majority suffice: not long for one that hangs.</summary>
internal static class MostAnswers
{
    /// <summary>Waits for all answers, or for those of enough acceptors and a little longer for the others.</summary>
    /// <param name="answers">The answers. Null is that of an acceptor that has none, and none of them fails.</param>
    /// <param name="isEnough">Whether answers suffice, by a bit for each.</param>
    /// <param name="grace">About how long to wait for the others.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>The answers, in the same order; null for those that have not come.</returns>
    public static async Task<T?[]> OfAsync<T>(IReadOnlyList<Task<T>> answers, Func<ulong, bool> isEnough, TimeSpan grace, TimeProvider clock)
    {
        var all = Task.WhenAll(answers);
        while (!await all.EndsWithinAsync(grace, clock, CancellationToken.None) && !isEnough(MaskOf(answers)))
            continue;
        return [.. answers.Select(static answer => answer.IsCompleted ? answer.Result : default)];
    }

    private static ulong MaskOf<T>(IReadOnlyList<Task<T>> answers) => answers.Index().Where(static each => each.Item is { IsCompleted: true, Result: not null })
        .Aggregate(0UL, static (mask, each) => mask | (1UL << each.Index));
}
