namespace Orleans.Paxos.Registers;

/// <summary>Lets reads that wait together share one read, which starts after the last of them arrived (I7).</summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private Task<T>? _running;
    private Task<T>? _following;

    /// <summary>Joins the next read, or starts one.</summary>
    public Task<T> ReadAsync()
    {
        if (_running is { IsCompleted: false } running)
            return _following ??= FollowAsync(running);
        return _running = read();
    }

    private async Task<T> FollowAsync(Task running)
    {
        await Task.WhenAny(running).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        _running = _following;
        _following = null;
        return await read();
    }
}
