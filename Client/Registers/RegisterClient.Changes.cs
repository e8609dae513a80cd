using Orleans.Paxos.Client.Calls;

namespace Orleans.Paxos.Client.Registers;

internal sealed partial class RegisterClient
{
    private static readonly TimeSpan PauseAtSameFloor = TimeSpan.FromMilliseconds(10);

    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? changeOptions = null, CancellationToken cancellationToken = default)
    {
        RegisterName.Validate(name, mayBeReserved);
        ArgumentNullException.ThrowIfNull(change);
        change = changeOptions?.ApplyTo(change) ?? change;
        Validate(change, changeOptions);
        var started = time.GetTimestamp();
        var request = new ChangeRequest(changeOptions?.RequestId ?? newRequestId(), change, time.GetUtcNow(), changeOptions?.Floor ?? 0);
        if (changeOptions?.Floor is null)
            request = request with { Floor = _floors.Fresh(name, canBeRaised: !change.HasCondition) ?? await AskForFloorAsync(name, cancellationToken) };
        while (true)
        {
            var patience = options.RequestTimeout - time.GetElapsedTime(started);
            var outcome = await RunAsync(new ChangeCall(name, request, _suspects), patience, cancellationToken);
            _floors.Saw(name, outcome.Version);
            switch (outcome.Status)
            {
                case ChangeStatus.BeyondWindow:
                    // Even if only one copy was sent, it may have been applied, because a transport may deliver it twice.
                    throw Forgotten(request, outcome);
                case ChangeStatus.Outdated:
                    // Send it again at once: after a pause, the new floor would be outdated, too.
                    var floor = outcome.Version > request.Floor ? outcome.Version : await AskForFloorAsync(name, cancellationToken);
                    if (floor <= request.Floor)
                        await Task.Delay(PauseAtSameFloor, time, cancellationToken); // some acceptors have forgotten more in the name's bucket than others
                    request = request with { Floor = Math.Max(request.Floor, floor) };
                    break;
                default:
                    return outcome is { Entry: null, WrittenVersion: { } written }
                        ? outcome with { Entry = await FindInHistoryAsync(name, written, options.RequestTimeout - time.GetElapsedTime(started), cancellationToken) }
                        : outcome;
            }
        }
    }

    private static void Validate(Change change, ChangeOptions? changeOptions)
    {
        change.Validate();
        if (changeOptions?.RequestId == Guid.Empty)
            throw new ArgumentException("The request id is empty. Leave it out for a new request, or give the one of the request that is sent again.", nameof(changeOptions));
        if (changeOptions?.Floor < 0)
            throw new ArgumentException($"The floor is {changeOptions.Floor}; a floor is a version, 0 or more.", nameof(changeOptions));
    }

    /// <summary>Asks for a floor. Any version that was chosen is suitable, so the learner's copy is enough.</summary>
    private async Task<long> AskForFloorAsync(string name, CancellationToken cancellationToken) =>
        _floors.Saw(name, await RunAsync(new FloorCall(name, _suspects), cancellationToken));

    /// <summary>The entry of a version that the register's state no longer carries; null when the history does not either, or cannot be read.</summary>
    private async Task<RegisterEntry?> FindInHistoryAsync(string name, long version, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var call = new ProposerCall<ImmutableArray<RegisterEntry>>(name, proposer => proposer.HistoryAsync(name));
            return (await RunAsync(call, patience, cancellationToken)).FirstOrDefault(entry => entry.Version == version);
        }
        catch (Exception exception) when (exception is QuorumUnavailableException or AcceptorSetMismatchException)
        {
            return null; // how the change ended is known without it
        }
    }

    private static OutcomeUnknownException Forgotten(ChangeRequest request, ChangeOutcome outcome) => new(
        request.RequestId,
        request.Floor,
        $"The register is at version {outcome.Version} and no longer remembers the requests of all versions after {request.Floor}, so it cannot tell whether this one is among them.");
}
