using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Tests.Repair;

public sealed class MissedWritesTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MissedWrites _missed;

    public MissedWritesTests() => _missed = new MissedWrites(_clock);

    [Fact]
    public async Task What_is_suspected_during_a_look_is_looked_at_again()
    {
        _missed.Suspect();
        await _missed.SuspectedAsync(CancellationToken.None);
        Assert.False(_missed.SuspectedAsync(new CancellationToken(canceled: true)).IsCompletedSuccessfully);
        _missed.Suspect();
        _missed.CaughtUp();
        Assert.NotNull(_missed.Status.Since);
        await _missed.SuspectedAsync(CancellationToken.None);
        _missed.CaughtUp();
        Assert.Null(_missed.Status.Since);
    }

    [Fact]
    public void It_is_behind_since_it_was_suspected_first()
    {
        var first = _clock.GetUtcNow();
        _missed.Suspect();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _missed.Suspect();
        Assert.Equal(first, _missed.Status.Since);
    }

    [Fact]
    public async Task A_new_look_counts_anew()
    {
        _missed.Suspect();
        await _missed.SuspectedAsync(CancellationToken.None);
        _missed.Looked(names: 10, behind: 2);
        _missed.Brought();
        Assert.Equal((10, 1, 1), (_missed.Status.Looked, _missed.Status.Behind, _missed.Status.Brought));
        _missed.Suspect();
        await _missed.SuspectedAsync(CancellationToken.None);
        Assert.Equal((0, 0, 1), (_missed.Status.Looked, _missed.Status.Behind, _missed.Status.Brought));
    }
}
