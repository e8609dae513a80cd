namespace Orleans.Local;

/// <summary>
/// Runs the turns of one activation, one at a time and in order: the starts of requests, and the continuations of the grain's awaits,
/// which find this scheduler as the current one.
/// </summary>
internal sealed class ActivationScheduler(Activation activation, SiloGate gate) : TaskScheduler, IThreadPoolWorkItem
{
    // An activation with endless work makes room for others after so many turns.
    private const int TurnsAtATime = 64;

    private readonly Lock _lock = new();
    private readonly Queue<object> _turns = new();
    private bool _underWay;

    /// <summary>Adds the start of a request.</summary>
    public void Add(Call call) => AddTurn(call);

    /// <summary>Adds a step of the activation's own life.</summary>
    public void Add(Action step) => AddTurn(step);

    // Inside a task of this scheduler, await captures the scheduler. The task itself is made here, on a bare thread of the pool,
    // so no caller's execution context flows into the grain.
    void IThreadPoolWorkItem.Execute()
    {
        var outer = RuntimeContext.Current;
        RuntimeContext.Current = activation;
        try
        {
            new Task(static scheduler => ((ActivationScheduler)scheduler!).RunTurns(), this).RunSynchronously(this);
        }
        finally
        {
            RuntimeContext.Current = outer;
        }
    }

    protected override void QueueTask(Task task) => AddTurn(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_lock)
            return [.. _turns.OfType<Task>()];
    }

    private void AddTurn(object turn)
    {
        lock (_lock)
        {
            _turns.Enqueue(turn);
            if (_underWay)
                return;
            _underWay = true;
        }

        gate.Run(this);
    }

    private void RunTurns()
    {
        for (var turn = 0; turn < TurnsAtATime && gate.IsOpen; turn++)
        {
            if (!TryNext(out var next))
                return;
            if (next is Call call)
                activation.Begin(call);
            else if (next is Task task)
                TryExecuteTask(task);
            else
                ((Action)next)();
        }

        gate.Run(this);
    }

    private bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? next)
    {
        lock (_lock)
        {
            _underWay = _turns.TryDequeue(out next);
            return _underWay;
        }
    }
}
