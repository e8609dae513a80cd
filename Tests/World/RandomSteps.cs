namespace Orleans.Paxos.Tests.World;

/// <summary>Runs calls on one thread, in an order that a seed decides: whoever takes a step waits until it is his turn.</summary>
internal sealed class RandomSteps(Random random) : TaskScheduler
{
    private readonly Queue<Task> _ready = [];
    private readonly List<TaskCompletionSource> _waiting = [];

    /// <summary>Waits for the turn of the caller.</summary>
    public Task TakeAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(turn);
        return turn.Task;
    }

    /// <summary>Runs calls until all have ended.</summary>
    public Task RunAsync(IEnumerable<Func<Task>> calls) => Task.Run(() => Run([.. calls]));

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;

    protected override void QueueTask(Task task) => _ready.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private Task Run(Func<Task>[] calls)
    {
        var running = Task.WhenAll(calls.Select(call => Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.None, this).Unwrap()).ToArray());
        while (_ready.Count > 0 || _waiting.Count > 0)
        {
            while (_ready.TryDequeue(out var task))
                TryExecuteTask(task);
            if (_waiting.Count == 0)
                break;
            var next = random.Next(_waiting.Count);
            var turn = _waiting[next];
            _waiting.RemoveAt(next);
            turn.SetResult();
        }

        return running;
    }
}
