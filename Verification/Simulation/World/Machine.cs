namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>
/// One process: what runs on it runs here, one step at a time, until it is killed between two steps. What it waits for then
/// never comes, as in a process that is gone.
/// </summary>
internal sealed class Machine : TaskScheduler
{
    private readonly Queue<object> _ready = new();
    private readonly Dictionary<long, Action> _callers = [];
    private readonly Schedule _schedule;
    private bool _frozen;
    private bool _inTask;
    private int _stepsToLive = int.MaxValue;
    private Action? _onDeath;

    /// <summary>Starts a process.</summary>
    /// <param name="place">Where it runs: the name of a silo or a client.</param>
    /// <param name="schedule">The run's schedule.</param>
    /// <param name="utcOffset">How far its wall clock is off.</param>
    public Machine(string place, Schedule schedule, TimeSpan utcOffset = default)
    {
        Place = place;
        _schedule = schedule;
        Clock = new MachineClock(this, schedule) { UtcOffset = utcOffset };
    }

    public string Place { get; }

    public MachineClock Clock { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the schedule lists it as a machine that may have something to do.</summary>
    public bool Listed { get; set; }

    /// <summary>Runs code on this machine.</summary>
    public void Post(Action action) => new Task(action).Start(this);

    /// <summary>Runs what a timer calls.</summary>
    public void PostCallback(Action callback) => Enqueue(callback);

    /// <summary>Stops it between two steps, after a number of steps, and then calls a delegate.</summary>
    public void KillAfter(int steps, Action onDeath)
    {
        (_stepsToLive, _onDeath) = (steps, onDeath);
        if (steps == 0)
            Kill();
    }

    /// <summary>It does not die of what struck it.</summary>
    public void Reprieve() => _stepsToLive = int.MaxValue;

    /// <summary>Stops it at once.</summary>
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

    /// <summary>Makes it hang: nothing on it runs, and incoming messages wait.</summary>
    public void Freeze() => _frozen = true;

    public void Thaw()
    {
        _frozen = false;
        List();
    }

    /// <summary>Registers a caller that waits for a call on this machine, and is told if the machine dies first.</summary>
    public void Began(long call, Action onDeath) => _callers.Add(call, onDeath);

    public void Ended(long call) => _callers.Remove(call);

    /// <summary>
    /// Takes one step, if there is one. Continuations run at once only within a task; within a timer's callback
    /// that would depend on whether the thread is one of the thread pool's.
    /// </summary>
    public bool TryStep()
    {
        if (_frozen || !_ready.TryDequeue(out var next))
            return false;
        if (next is Task task)
            Execute(task);
        else
            ((Action)next)();
        if (--_stepsToLive <= 0)
            Kill();
        return true;
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _inTask && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _ready.OfType<Task>();

    private void Execute(Task task)
    {
        _inTask = true;
        TryExecuteTask(task);
        _inTask = false;
    }

    private void Enqueue(object work)
    {
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
