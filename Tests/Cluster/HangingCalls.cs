namespace Orleans.Paxos.Tests.Cluster;

/// <summary>Holds back the incoming and outgoing calls of one silo.</summary>
internal sealed class HangingCalls : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    private volatile TaskCompletionSource? _held;

    public void Hang() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var held = _held;
        _held = null;
        held?.SetResult();
    }

    public Task Invoke(IIncomingGrainCallContext context) => InvokeAsync(context);

    public Task Invoke(IOutgoingGrainCallContext context) => InvokeAsync(context);

    private async Task InvokeAsync(IGrainCallContext context)
    {
        if (_held is { } held)
            await held.Task;
        await context.Invoke();
    }
}
