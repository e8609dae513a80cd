namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>
/// Determines the single order of all events of a run. While machines have something to do, it runs one step at a time, in an
/// order drawn from the seed. When no machine has anything to do, it advances to the next event in simulated time.
/// </summary>
internal sealed class Schedule(Dice dice)
{
    private const int MostQuestionsInStep = 100_000;
    private const long MostStepsInPhase = 4_000_000;

    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private readonly List<Machine> _runnable = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _numbers;
    private int _questions;

    /// <summary>The simulated time since the run began, in ticks of 100 ns.</summary>
    public long Now { get; private set; }

    /// <summary>The number of steps and events.</summary>
    public long Steps { get; private set; }

    /// <summary>Gets the time for running code. The clock stands still during a step, so code that only polls the time would never end.</summary>
    public long AskedForTime()
    {
        if (++_questions > MostQuestionsInStep)
            throw new BusyLoopException();
        return Now;
    }

    public void After(TimeSpan delay, Action happen) => At(Now + Math.Max(0, delay.Ticks), happen);

    public void At(long ticks, Action happen) => _events.Enqueue(happen, (ticks, _numbers++));

    /// <summary>Lists a machine that has something to do.</summary>
    public void Runnable(Machine machine) => _runnable.Add(machine);

    /// <summary>Whether code went on elsewhere, as in the thread pool, so that the seed does not determine the run.</summary>
    public bool HasStrayed { get; private set; }

    /// <summary>Throws when code goes on elsewhere. That task ends there, and nobody may see it.</summary>
    public void EnsureOnThread()
    {
        if (Environment.CurrentManagedThreadId == _thread)
            return;
        HasStrayed = true;
        throw new InvalidOperationException("Code of the simulation went on in another thread than its own.");
    }

    /// <summary>Runs until a condition is met or the time is up.</summary>
    /// <returns>Whether the condition was met in time.</returns>
    public bool RunUntil(Func<bool> reached, long endTicks)
    {
        var last = Steps + MostStepsInPhase;
        while (!reached())
        {
            if (Steps == last)
                return false;
            Steps++;
            _questions = 0;
            if (StepOne())
                continue;
            if (!_events.TryPeek(out var happen, out var when) || when.At > endTicks)
                return false;
            _events.Dequeue();
            Now = Math.Max(Now, when.At);
            happen();
        }

        return true;
    }

    private bool StepOne()
    {
        while (_runnable.Count > 0)
        {
            var index = _runnable.Count == 1 ? 0 : dice.Between(0, _runnable.Count - 1);
            var machine = _runnable[index];
            if (machine.TryStep())
                return true;
            _runnable[index] = _runnable[^1];
            _runnable.RemoveAt(_runnable.Count - 1);
            machine.Listed = false;
        }

        return false;
    }
}
