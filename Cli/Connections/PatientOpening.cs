using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>Opens a session, and tries again while nobody can, for as long as there is time to wait.</summary>
/// <param name="wait">The time to wait. At least one attempt is made.</param>
/// <param name="notice">Is told once why it takes long.</param>
internal sealed class PatientOpening(WaitTime wait, Action<string> notice)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long after the time to wait an answer may still come.</summary>
    private static readonly TimeSpan AnswerAfterWait = TimeSpan.FromSeconds(5);

    /// <summary>Opens it.</summary>
    /// <param name="open">Makes one attempt, in which each that is asked may take the given time to answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ILockSession> OpenAsync(Func<TimeSpan?, Task<ILockSession>> open, CancellationToken cancellationToken)
    {
        for (var isTold = false; ; isTold = true)
        {
            try
            {
                return await open(wait.Left + AnswerAfterWait);
            }
            catch (Exception exception) when (exception.MayPass() && !wait.IsOver)
            {
                if (!isTold)
                    notice($"No session can be opened yet, so this waits and tries again. {exception.Message}");
            }

            await Task.Delay(wait.Left < Pause ? wait.Left.Value : Pause, wait.Time, cancellationToken);
        }
    }
}
