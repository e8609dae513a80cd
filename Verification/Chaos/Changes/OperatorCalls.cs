namespace Orleans.Paxos.Verification.Chaos.Changes;

/// <summary>The calls of an operator, who looks at the status until it is answered, and learns from it what became of a change.</summary>
/// <param name="acceptors">Changes the acceptor set.</param>
/// <param name="clock">The clock.</param>
internal sealed class OperatorCalls(IAcceptorSetClient acceptors, RunClock clock)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    public int Made { get; private set; }

    public int Refused { get; private set; }

    public int Unanswered { get; private set; }

    /// <summary>What was not done, and why; empty if the last call was.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>Asks for the status until it meets a condition.</summary>
    public async Task<AcceptorSetStatus> StatusAsync(Func<AcceptorSetStatus, bool> isAwaited, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryAsync(() => acceptors.StatusAsync(cancellationToken)) is { } status)
            {
                if (isAwaited(status))
                    return status;
                Trouble = $"{status.Step} of [{status.Set}]. {status.WaitsFor}";
            }

            await clock.DelayAsync(Rest, cancellationToken);
        }
    }

    /// <summary>Asks for a change until the status tells that it has begun, or has been made.</summary>
    /// <param name="change">The change.</param>
    /// <param name="before">The epoch of the set before it.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public async Task ChangeAsync(AcceptorChange change, long before, CancellationToken cancellationToken)
    {
        do
        {
            if (await TryAsync(() => acceptors.ChangeAsync(change, cancellationToken)) is not null)
                return;
            await clock.DelayAsync(Rest, cancellationToken);
        }
        while ((await StatusAsync(static _ => true, cancellationToken)).Set.Epoch == before);
    }

    /// <summary>Asks once for the change to be cancelled. It may be too late.</summary>
    public Task CancelAsync() => TryAsync(() => acceptors.CancelAsync());

    /// <returns>Null if the call was refused, or its outcome is unknown.</returns>
    private async Task<T?> TryAsync<T>(Func<Task<T>> call) where T : class
    {
        Made++;
        try
        {
            var answer = await call();
            Trouble = "";
            return answer;
        }
        catch (Exception exception) when (exception is AcceptorChangeRefusedException or QuorumUnavailableException)
        {
            Refused++;
            Trouble = exception.Message;
        }
        catch (Exception exception) when (exception is OutcomeUnknownException)
        {
            Unanswered++;
            Trouble = exception.Message;
        }

        return null;
    }
}
