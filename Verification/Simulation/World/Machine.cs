namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>
/// A process. Its code runs here, one step at a time, until the process is killed between two steps. Code that waits at that
/// time never continues, as in a process that is gone.
/// </summary>
internal sealed class Machine : TaskScheduler
{
    private readonly Queue<object> _ready = new();
    private readonly Dictionary<long, Action> _callers = [];
    private readonly Schedule _schedule;
    private bool _frozen;
    private int _stepsToLive = int.MaxValue;
    private int _stepsToFreeze = int.MaxValue;
    private Action? _onDeath;

    /// <summary>Starts a process.</summary>
    /// <param name="place">The name of its silo or client.</param>
    /// <param name="schedule">The run's schedule.</param>
    /// <param name="rate">How fast its clock runs.</param>
    /// <param name="utcOffset">The error of its wall clock.</param>
    public Machine(string place, Schedule schedule, ClockRate rate, TimeSpan utcOffset = default)
    {
        Place = place;
        _schedule = schedule;
        Clock = new MachineClock(this, schedule, rate) { UtcOffset = utcOffset };
    }

    public string Place { get; }

    public MachineClock Clock { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the schedule lists it as a machine that may have something to do.</summary>
    public bool Listed { get; set; }

    /// <summary>Runs code on this machine.</summary>
    public void Post(Action action) => new Task(action).Start(this);

    /// <summary>Runs the callback of a timer.</summary>
    public void PostCallback(Action callback) => Enqueue(callback);

    /// <summary>Stops the process between two steps, after a number of steps, and then calls a delegate.</summary>
    public void KillAfter(int steps, Action onDeath)
    {
        (_stepsToLive, _onDeath) = (steps, onDeath);
        if (steps == 0)
            Kill();
    }

    /// <summary>Cancels a pending <see cref="KillAfter"/>.</summary>
    public void Reprieve() => _stepsToLive = int.MaxValue;

    /// <summary>Stops the process at once.</summary>
    public void Kill()
    {
        if (!IsAlive)
            return;
        IsAlive = false;
        _ready.Clear();
        foreach (var tell in _callers.Values)
            tell();
        _callers.Clear();
        _onDeath?.Invoke();
    }

    /// <summary>Makes the process hang: nothing runs, and incoming messages wait. Its clock goes on.</summary>
    public void Freeze() => _frozen = true;

    /// <summary>Makes the process hang between two steps, after a number of steps.</summary>
    public void FreezeAfter(int steps)
    {
        _stepsToFreeze = steps;
        if (steps == 0)
            Freeze();
    }

    public void Thaw()
    {
        (_frozen, _stepsToFreeze) = (false, int.MaxValue);
        List();
    }

    /// <summary>Registers a caller that waits for a call to this machine. The delegate is called if the machine dies first.</summary>
    public void Began(long call, Action onDeath) => _callers.Add(call, onDeath);

    public void Ended(long call) => _callers.Remove(call);

    /// <summary>Takes a step, if there is one.</summary>
    public bool TryStep()
    {
        if (_frozen || !_ready.TryDequeue(out var next))
            return false;
        if (next is Task task)
            TryExecuteTask(task);
        else
            ((Action)next)();
        if (--_stepsToFreeze == 0)
            Freeze();
        if (--_stepsToLive <= 0)
            Kill();
        return true;
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    /// <summary>
    /// Runs continuations inline only within a task of this machine. Elsewhere, the runtime asks for it on threads of the thread pool only.
    /// </summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _ready.OfType<Task>();

    private void Enqueue(object work)
    {
        _schedule.EnsureOnThread();
        if (!IsAlive)
            return;
        _ready.Enqueue(work);
        List();
    }

    private void List()
    {
        if (Listed || _frozen || _ready.Count == 0)
            return;
        Listed = true;
        _schedule.Runnable(this);
    }
}
