using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Coordination;

/// <summary>
/// Those who wait for one lock, in the order in which they came. The first is told so, and looks after the lock itself; who does not call any more loses the
/// place. Not thread-safe: calls take turns, as the calls of a grain do.
/// </summary>
internal sealed class WaitingLine(TimeProvider clock)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    private readonly LinkedList<Place> _places = [];

    /// <summary>How many stand in line.</summary>
    public int Length => _places.Count;

    /// <summary>Stands in line, or goes on standing there, and waits to be the first.</summary>
    /// <returns>Whether the ticket is the first.</returns>
    public async Task<bool> EnterAsync(Guid ticket, TimeSpan wait)
    {
        var place = Find(ticket) ?? _places.AddLast(new Place(ticket)).Value;
        place.Calls++;
        var startedAt = clock.GetTimestamp();
        var longest = wait < IWaitingLineGrain.LongestWait ? wait : IWaitingLineGrain.LongestWait;
        try
        {
            while (true)
            {
                var first = FirstWhoCalls();
                if (first == place)
                    return true;
                var left = longest - clock.GetElapsedTime(startedAt);
                if (left <= TimeSpan.Zero)
                    return false;
                await place.First.Task.EndsWithinAsync(Shorter(left, Patience(first)), clock, CancellationToken.None);
            }
        }
        finally
        {
            place.Calls--;
            place.CalledAt = clock.GetTimestamp();
        }
    }

    /// <summary>Leaves the line.</summary>
    public void Leave(Guid ticket)
    {
        if (Find(ticket) is { } place)
            Remove(place);
    }

    private Place? Find(Guid ticket) => _places.FirstOrDefault(place => place.Ticket == ticket);

    /// <summary>The first in line, without those who do not call any more.</summary>
    private Place? FirstWhoCalls()
    {
        while (_places.First is { Value: var place } && Patience(place) <= TimeSpan.Zero)
            Remove(place);
        return _places.First?.Value;
    }

    /// <summary>For how long the first is still waited for.</summary>
    private TimeSpan Patience(Place? first) =>
        first is null or { Calls: > 0 } ? LongestSilence : LongestSilence - clock.GetElapsedTime(first.CalledAt);

    private void Remove(Place place)
    {
        _places.Remove(place);
        _places.First?.Value.First.TrySetResult();
    }

    private sealed class Place(Guid ticket)
    {
        public Guid Ticket => ticket;

        /// <summary>Ends when it is the first.</summary>
        public TaskCompletionSource First { get; } = new();

        /// <summary>The calls that wait.</summary>
        public int Calls { get; set; }

        /// <summary>When the last call ended.</summary>
        public long CalledAt { get; set; }
    }
}
