namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// Lets callers take turns, in their order. Who waited goes on where it waited, also if it could have given up: a semaphore would let it go on in the
/// thread pool first.
/// </summary>
internal sealed class Turns
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Waits for its turn.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The turn, which ends when it is disposed of.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var turn = new Turn();
        Task before;
        lock (_gate)
            (before, _last) = (_last, turn.Ended);
        var isItsTurn = false;
        try
        {
            await before.WaitAsync(cancellationToken);
            isItsTurn = true;
            return turn;
        }
        finally
        {
            if (!isItsTurn)
                EndAfterAsync(turn, before).Abandon();
        }
    }

    /// <summary>Ends the turn of one who has given up as soon as it comes.</summary>
    private static async Task EndAfterAsync(Turn turn, Task before)
    {
        await before;
        turn.Dispose();
    }

    private sealed class Turn : IDisposable
    {
        private readonly TaskCompletionSource _ended = new();

        public Task Ended => _ended.Task;

        public void Dispose() => _ended.TrySetResult();
    }
}
