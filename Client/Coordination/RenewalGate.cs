namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// Lets only so many renewals of a process be under way, first those of which least is left. If each were sent when it is due, a cluster that falls behind
/// would get ever more copies of ever more renewals, and carry out none in time.
/// </summary>
internal sealed class RenewalGate(int mostAtOnce)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private int _underWay;

    /// <summary>Renews when it is its turn.</summary>
    /// <param name="deadline">When the session is lost, as a timestamp.</param>
    /// <param name="renew">Renews the session.</param>
    public async Task<bool> RunAsync(long deadline, Func<Task<bool>> renew)
    {
        await EnterAsync(deadline);
        try
        {
            return await renew();
        }
        finally
        {
            Leave();
        }
    }

    private Task EnterAsync(long deadline)
    {
        lock (_gate)
        {
            if (_underWay < mostAtOnce)
            {
                _underWay++;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource();
            _waiting.Enqueue(turn, deadline);
            return turn.Task;
        }
    }

    private void Leave()
    {
        TaskCompletionSource? next;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out next, out _))
                _underWay--;
        }

        next?.SetResult();
    }
}
