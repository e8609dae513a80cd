namespace Orleans.Paxos;

internal sealed partial class RegisterClient
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? changeOptions = null, CancellationToken cancellationToken = default)
    {
        RegisterName.Validate(name);
        ChangeArguments.Validate(change, changeOptions);
        var started = time.GetTimestamp();
        var request = new ChangeRequest(
            changeOptions?.RequestId ?? UniqueId.New(),
            change,
            time.GetUtcNow(),
            changeOptions?.Floor ?? _floors.Of(name));
        var floorIsTheCallers = changeOptions is { RequestId: not null, Floor: not null };
        var pause = TimeSpan.Zero;
        while (true)
        {
            var patience = options.RequestTimeout - time.GetElapsedTime(started);
            var call = new ChangeCall(name, request, _suspects);
            var outcome = await new Hedge<ChangeOutcome>(call, gateways, options, time).RunAsync(patience, cancellationToken);
            _floors.Saw(name, outcome.Version);
            switch (outcome.Status)
            {
                case ChangeStatus.Outdated:
                    break; // sent again at once: in a pause the new floor would become outdated too
                case ChangeStatus.BeyondWindow when !floorIsTheCallers && patience > pause:
                    await Task.Delay(pause, time, cancellationToken);
                    pause = LongerThan(pause);
                    break;
                case ChangeStatus.BeyondWindow:
                    throw Forgotten(request, outcome);
                default:
                    return outcome;
            }

            // No copy sent here was applied or ever will be: the answer tells so of each. So the version they were
            // judged on is one that was chosen before the request is sent for the first time, as if now.
            request = request with { Floor = Math.Max(request.Floor, outcome.Version) };
        }
    }

    private static TimeSpan LongerThan(TimeSpan pause)
    {
        var longer = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(5) : pause * 2;
        return longer < LongestPause ? longer : LongestPause;
    }

    private static OutcomeUnknownException Forgotten(ChangeRequest request, ChangeOutcome outcome) => new(
        request.RequestId,
        request.Floor,
        $"The register is at version {outcome.Version} and no longer remembers the requests of all versions after {request.Floor}, so it cannot tell whether this one is among them.");
}
