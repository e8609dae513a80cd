namespace Orleans.Paxos.Cli.Http;

internal sealed partial class FailoverRegisterClient
{
    /// <summary>
    /// Sends the same request to one silo after the other, until one says what became of it. After a silo that may have sent it
    /// on, only a request with a floor goes to the next: it is applied at most once, however many silos have it.
    /// </summary>
    /// <inheritdoc/>
    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options, CancellationToken cancellationToken)
    {
        var request = (options ?? new ChangeOptions()) with { RequestId = options?.RequestId ?? UniqueId.New() };
        var failures = new List<Exception>();
        OutcomeUnknownException? unknown = null;
        foreach (var index in InTurn())
        {
            try
            {
                var outcome = await silos[index].ChangeAsync(name, change, request, cancellationToken);
                if (unknown is not null && !Settles(change, outcome))
                    break;
                Answered(index);
                return outcome;
            }
            catch (OutcomeUnknownException exception) when (request.Floor is not null)
            {
                unknown ??= exception;
            }
            catch (Exception exception) when (CannotAnswer(exception) || (unknown is not null && exception is not OperationCanceledException))
            {
                failures.Add(exception);
            }
        }

        throw unknown ?? NoneOf(failures);
    }

    /// <summary>
    /// Whether an outcome speaks for every copy of a request. After a refusal, a copy that another silo still has may be applied,
    /// unless the version that it needs is past.
    /// </summary>
    private static bool Settles(Change change, ChangeOutcome outcome) =>
        outcome.Status == ChangeStatus.Applied || outcome.Version > change.ExpectedVersion;
}
