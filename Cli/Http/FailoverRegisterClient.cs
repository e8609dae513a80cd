using System.Runtime.ExceptionServices;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Registers over the HTTP interfaces of one silo or several: what one cannot answer, the next one is asked.</summary>
/// <param name="silos">The silos, in the order in which they are asked.</param>
/// <param name="timing">How long to wait.</param>
/// <param name="notice">Is told what goes on while a watch waits.</param>
internal sealed partial class FailoverRegisterClient(ImmutableArray<HttpRegisterClient> silos, HttpTiming timing, Action<string> notice) : IRegisterClient
{
    /// <summary>The silo that is asked first: the one that answered last.</summary>
    private volatile int _first;

    /// <inheritdoc/>
    public Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency, CancellationToken cancellationToken) =>
        AskAsync(silo => silo.ReadAsync(name, consistency, cancellationToken));

    /// <inheritdoc/>
    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(silo => silo.HistoryAsync(name, cancellationToken));

    /// <inheritdoc/>
    public Task<NamePage> ListPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken) =>
        AskAsync(silo => silo.ListPageAsync(prefix, after, limit, cancellationToken));

    /// <inheritdoc/>
    public Task<EntryPage> ListEntriesPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken) =>
        AskAsync(silo => silo.ListEntriesPageAsync(prefix, after, limit, cancellationToken));

    /// <inheritdoc/>
    public async Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken) =>
        (await StatusReportAsync(cancellationToken)).ToStatus();

    /// <summary>The cluster's status as a silo reports it.</summary>
    public Task<StatusReport> StatusReportAsync(CancellationToken cancellationToken) =>
        AskAsync(silo => silo.StatusReportAsync(cancellationToken));

    /// <summary>Asks what changes nothing: it may be asked anywhere, and again.</summary>
    private async Task<T> AskAsync<T>(Func<HttpRegisterClient, Task<T>> ask)
    {
        var failures = new List<Exception>();
        foreach (var index in InTurn())
        {
            try
            {
                var answer = await ask(silos[index]);
                Answered(index);
                return answer;
            }
            catch (Exception exception) when (CannotAnswer(exception))
            {
                failures.Add(exception);
            }
        }

        throw NoneOf(failures);
    }

    /// <summary>All silos, from the first one on. Those that fell silent come last: to find out that one still does takes long.</summary>
    private IEnumerable<int> InTurn()
    {
        var first = _first;
        return Enumerable.Range(0, silos.Length).Select(step => (first + step) % silos.Length).OrderBy(index => silos[index].IsSilent);
    }

    private void Answered(int index)
    {
        _first = index;
        silos[index].Answered();
    }

    /// <summary>Whether another silo may answer, and a change was not written here. One that reaches no majority may be cut off alone.</summary>
    private static bool CannotAnswer(Exception exception) => exception is NoAnswerException or AnswerLostException or QuorumUnavailableException;

    private static Exception NoneOf(List<Exception> failures)
    {
        if (failures is [var only])
            ExceptionDispatchInfo.Throw(only);
        var all = $"None of the {failures.Count} silos can be used. {string.Join(' ', failures.Select(failure => failure.Message))}";
        return failures.All(failure => failure is NoAnswerException)
            ? NoAnswerException.AtAll(all, failures.Any(failure => failure.MayPass()))
            : new AnswerLostException(all);
    }
}
