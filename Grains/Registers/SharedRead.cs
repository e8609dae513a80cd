namespace Orleans.Paxos;

/// <summary>Lets reads that wait together share one, as long as it starts after the last of them arrived (I7).</summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private Task<T>? _running;
    private Task<T>? _following;

    /// <summary>Joins the read that starts next, or starts one.</summary>
    public Task<T> ReadAsync()
    {
        if (_running is not { IsCompleted: false })
            return _running = read();
        return _following ??= FollowAsync(_running);
    }

    private async Task<T> FollowAsync(Task running)
    {
        await running.ContinueWith(static _ => { }, TaskScheduler.Current);
        var following = _following!;
        _following = null;
        _running = following;
        return await read();
    }
}
