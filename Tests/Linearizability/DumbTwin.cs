using System.Globalization;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>
/// Makes the same decision as the checker for small histories of one register. It tries every order of all instantaneous
/// effects on a simple register: a list of entries.
/// </summary>
internal sealed class DumbTwin
{
    private readonly List<Instant> _instants = [];
    private readonly List<Observed> _register = [];

    private Fence? Guard => _register.Count == 0 ? null : _register[^1].Guard;

    private DumbTwin(IReadOnlyList<Operation> history)
    {
        foreach (var calls in history.Where(operation => operation.IsChange).GroupBy(operation => operation.RequestId))
            AddChange([.. calls]);
        foreach (var operation in history.Where(operation => operation is { IsChange: false, IsAnswered: true }))
            _instants.Add(new Instant(operation.Invoked, operation.Returned!.Value, Must: true, () => IsShown(operation), null));
    }

    public static bool IsLinearizable(IReadOnlyList<Operation> history) => WatchesGoOn(history) && new DumbTwin(history).TryRest();

    private static bool WatchesGoOn(IReadOnlyList<Operation> history)
    {
        var seen = new Dictionary<int, long>();
        foreach (var batch in history.Where(operation => operation is { Kind: OperationKind.Watch, IsAnswered: true }).OrderBy(batch => batch.Invoked).ThenBy(batch => batch.Returned))
        {
            if (seen.TryGetValue(batch.Client, out var end) && end != batch.After)
                return false;
            var compacted = batch.CompactedThrough == 0 ? batch.After : batch.CompactedThrough;
            if (compacted < batch.After || (batch.CompactedThrough > 0 && compacted == batch.After))
                return false;
            seen[batch.Client] = compacted + batch.Entries.Length;
        }

        return true;
    }

    private void AddChange(Operation[] calls)
    {
        var refused = calls.Where(call => call.IsRefusal).ToList();
        foreach (var call in refused)
            _instants.Add(new Instant(call.Invoked, call.Returned!.Value, Must: true, () => IsRefused(call), null));

        // A refusal is final, except for another call that was still in progress.
        var applied = calls.Where(call => call.Answer == Answer.Applied).ToList();
        var effective = calls.Where(call => (call.Answer is Answer.Applied or Answer.Unknown)
            && !refused.Exists(refusal => refusal.Returned <= call.Invoked || call.Returned <= refusal.Invoked)).ToList();
        var (first, last) = (effective.Select(call => call.Invoked).Append(long.MaxValue).Min(), applied.Select(call => call.Returned!.Value).Append(long.MaxValue).Min());
        if (effective.Count > 0 || applied.Count > 0)
            _instants.Add(new Instant(first, last, Must: applied.Count > 0, () => effective.Count > 0 && Write(calls[0], applied), () => _register.RemoveAt(_register.Count - 1)));
    }

    private bool TryRest()
    {
        if (!_instants.Any(instant => instant.Must))
            return true;
        foreach (var instant in _instants.Where(instant => !_instants.Any(other => other.Must && other.Last < instant.First)).ToList())
        {
            if (!instant.Happen())
                continue;
            _instants.Remove(instant);
            var fits = TryRest();
            _instants.Add(instant);
            instant.Undo?.Invoke();
            if (fits)
                return true;
        }

        return false;
    }

    private bool Write(Operation change, List<Operation> acknowledged)
    {
        var isDeletion = change.Kind == OperationKind.Delete;
        var value = change.Kind == OperationKind.Add ? $"{(_register is [.., { Deleted: false } before] ? before.ReadNumber() : 0) + int.Parse(change.Value, CultureInfo.InvariantCulture)}" : change.Value;
        var entry = new Observed(_register.Count + 1, change.RequestId, isDeletion, isDeletion ? "" : value) { Guard = change.Fence ?? (isDeletion ? null : Guard) };
        if (Judge(change) != Answer.Applied || acknowledged.Any(call => !call.Entries.SequenceEqual([entry])))
            return false;
        _register.Add(entry);
        return true;
    }

    private bool IsRefused(Operation call) => Judge(call) == call.Answer && IsNewest(call) && !_register.Exists(entry => entry.RequestId == call.RequestId);

    private Answer Judge(Operation change)
    {
        var exists = _register.Count > 0 && !_register[^1].Deleted;
        if (Guard is { } guard && change.Fence is { } fence && (guard.Lock != fence.Lock || guard.Token > fence.Token))
            return Answer.Fenced;
        if (change.ExpectedVersion is { } expected && expected != _register.Count)
            return Answer.VersionMismatch;
        if (change.Kind == OperationKind.Decide && exists)
            return Answer.AlreadyDecided;
        if (change.Kind == OperationKind.Add && exists && _register[^1].ReadNumber() is null)
            return Answer.NotACounter;
        return change.Kind == OperationKind.Delete && !exists ? Answer.NotFound : Answer.Applied;
    }

    private bool IsShown(Operation operation) => operation.Kind switch
    {
        OperationKind.Read => IsNewest(operation),
        OperationKind.StaleRead => operation.Entries.All(_register.Contains),
        OperationKind.History => operation.Entries.IsEmpty ? _register.Count == 0 : _register.TakeLast(operation.Entries.Length).SequenceEqual(operation.Entries),
        _ => operation.CompactedThrough <= _register.Count
            && _register.Skip((int)Math.Max(operation.After, operation.CompactedThrough)).Take(operation.Entries.Length).SequenceEqual(operation.Entries),
    };

    private bool IsNewest(Operation operation) => operation.Entries.SequenceEqual(_register.TakeLast(1));

    /// <summary>Something that happens at an instant from First to Last; if it is required, it happens in every order.</summary>
    private sealed record Instant(long First, long Last, bool Must, Func<bool> Happen, Action? Undo);
}
