using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>Repeats a call that changes nothing when it is repeated, while what keeps it from succeeding may pass: a backup takes long, and silos restart.</summary>
internal sealed class Repeated(TimeProvider time)
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (exception.MayPass() && time.GetElapsedTime(startedAt) < LongestPatience)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
