using System.Globalization;
using System.Text;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>
/// Random chains in which every copy of every request is repeated, also with the floors that a sender raised after an outdated
/// answer until it received a refusal. The test remembers everything and compares.
/// </summary>
public sealed class RepeatedRequestTests
{
    private const int Chains = 300;
    private const int ProposalsPerChain = 120;
    private static readonly HistoryLimits ShortHistory = new(3, 512 * 1024);

    private readonly List<ChangeRequest> _copies = [];
    private readonly HashSet<Guid> _refused = [];
    private readonly Dictionary<Guid, long> _applied = [];
    private readonly List<Version> _chain = [new(Exists: false, Sum: 0, Guard: null)];
    private readonly Dictionary<ChangeStatus, int> _seen = [];

    [Fact]
    public void I6_no_copy_is_applied_after_another_was_or_after_another_was_refused_or_where_its_condition_failed_since_its_floor()
    {
        for (var seed = 1; seed <= Chains; seed++)
            RunChain(new Random(seed));
        Assert.All(Enum.GetValues<ChangeStatus>(), status => Assert.True(_seen.GetValueOrDefault(status) > 100, $"{status} was rare"));
    }

    private void RunChain(Random random)
    {
        _copies.Clear();
        _refused.Clear();
        _applied.Clear();
        _chain.RemoveRange(1, _chain.Count - 1);
        var state = RegisterState.Empty;
        for (var proposal = 0; proposal < ProposalsPerChain; proposal++)
        {
            var requests = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Next(random, state)).ToList();
            var judgement = ChangeRules.Judge(state, basisChosen: true, requests, ShortHistory);
            foreach (var (request, outcome) in requests.Zip(judgement.Outcomes))
                Check(request, outcome);
            Assert.Equal(_chain.Count - 1, judgement.State.Version);
            state = judgement.State;
        }
    }

    private ChangeRequest Next(Random random, RegisterState state)
    {
        if (_copies.Count > 0 && random.Next(2) == 0)
        {
            var oldest = random.Next(8) == 0 ? _copies.Count : Math.Min(_copies.Count, 12);
            return _copies[^random.Next(1, oldest + 1)];
        }

        if (_applied.Count > 0 && random.Next(8) == 0)
            return Reused(_applied.Keys.ElementAt(random.Next(_applied.Count)));

        var value = random.Next(4) == 0 ? [] : CounterValue.Format(random.Next(-9, 10));
        var change = random.Next(11) switch
        {
            0 => Change.Set(value),
            1 or 2 => Change.CompareAndSet(value, Math.Max(0, state.Version + random.Next(-1, 3))),
            3 or 4 => Change.Decide(value),
            5 => Change.Delete(state.Version),
            6 or 7 => Change.Delete(),
            _ => Change.Add(random.Next(-9, 10)),
        };
        if (random.Next(3) == 0)
            change = change with { Fence = new Fence(random.Next(4) == 0 ? "other" : "lock", random.Next(1, 5)) };
        var request = Requests.New(change, Math.Max(0, state.Version - random.Next(4)));
        _copies.Add(request);
        return request;
    }

    /// <summary>A change that nobody else makes, under an id that another has; its floor is as old as can be, so that it is never new.</summary>
    private static ChangeRequest Reused(Guid requestId) => Requests.New(Change.Set([1])) with { RequestId = requestId };

    private void Check(ChangeRequest request, ChangeOutcome outcome)
    {
        _seen[outcome.Status] = _seen.GetValueOrDefault(outcome.Status) + 1;
        switch (outcome.Status)
        {
            case ChangeStatus.Applied:
                CheckApplied(request, outcome);
                break;
            case ChangeStatus.RequestIdReused:
                Assert.Equal([1], request.Change.Value);
                Assert.Equal(_applied[request.RequestId], outcome.WrittenVersion);
                Assert.NotEqual([1], outcome.Entry?.Value ?? []);
                break;
            case ChangeStatus.Outdated:
                Assert.False(_applied.ContainsKey(request.RequestId));
                if (!_refused.Contains(request.RequestId)) // else its sender has its answer
                    _copies.Add(request with { Floor = outcome.Version });
                break;
            case ChangeStatus.VersionMismatch or ChangeStatus.AlreadyDecided or ChangeStatus.NotFound or ChangeStatus.Fenced or ChangeStatus.NotACounter:
                Assert.False(_applied.ContainsKey(request.RequestId));
                _refused.Add(request.RequestId);
                break;
        }
    }

    private void CheckApplied(ChangeRequest request, ChangeOutcome outcome)
    {
        Assert.NotEqual([1], request.Change.Value);
        var written = outcome.WrittenVersion!.Value;
        Assert.Equal(written, outcome.Entry?.Version ?? written);
        if (_applied.TryGetValue(request.RequestId, out var version))
        {
            Assert.Equal(version, written);
            return;
        }

        Assert.DoesNotContain(request.RequestId, _refused);
        Assert.Equal(_chain.Count, written);
        for (var held = request.Floor; held < written; held++)
            Assert.True(Holds(request.Change, held), $"{request.Change.Kind} applied as version {written} though it did not hold at {held}");
        _applied.Add(request.RequestId, written);
        _chain.Add(_chain[^1].After(request.Change));
        Assert.Equal(_chain[^1], Version.Of(outcome.Entry!));
    }

    private bool Holds(Change change, long version)
    {
        var (exists, sum, guard) = _chain[(int)version];
        if (change.Fence is { } fence && guard is not null && (fence.Lock != guard.Lock || fence.Token < guard.Token))
            return false;
        return change.Kind switch
        {
            ChangeKind.CompareAndSet => version == change.ExpectedVersion,
            ChangeKind.Decide => !exists,
            ChangeKind.Delete => exists && (change.ExpectedVersion ?? version) == version,
            ChangeKind.Add => sum is not null,
            _ => true,
        };
    }

    /// <summary>What a version is.</summary>
    /// <param name="Exists">Whether it is not a tombstone.</param>
    /// <param name="Sum">What an addition adds to; null if the value is not a number.</param>
    /// <param name="Guard">The highest fence so far.</param>
    private sealed record Version(bool Exists, long? Sum, Fence? Guard)
    {
        public static Version Of(RegisterEntry entry) => new(!entry.Deleted, entry.Deleted ? 0 : Number(entry.Value), entry.Guard);

        public Version After(Change change) => change.Kind switch
        {
            ChangeKind.Delete => new Version(Exists: false, Sum: 0, change.Fence),
            ChangeKind.Add => new Version(Exists: true, Sum + Number(change.Value), change.Fence ?? Guard),
            _ => new Version(Exists: true, Number(change.Value), change.Fence ?? Guard),
        };

        private static long? Number(byte[] value) => long.TryParse(Encoding.UTF8.GetString(value), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
