namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>
/// The one order in which everything of a run happens: what machines have ready, one step at a time in an order drawn from
/// the seed, and when nobody has anything left to do, the next event in simulated time.
/// </summary>
internal sealed class Schedule(Dice dice)
{
    private const int MostQuestionsInStep = 100_000;
    private const long MostSteps = 2_000_000;

    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private readonly List<Machine> _runnable = [];
    private long _numbers;
    private int _questions;

    /// <summary>The simulated time since the run began, in ticks of 100 ns.</summary>
    public long Now { get; private set; }

    /// <summary>How many steps and events there were.</summary>
    public long Steps { get; private set; }

    /// <summary>The time for running code. It stands still meanwhile, so code that only polls the time would never end.</summary>
    public long AskedForTime()
    {
        if (++_questions > MostQuestionsInStep)
            throw new BusyLoopException();
        return Now;
    }

    public void After(TimeSpan delay, Action happen) => At(Now + Math.Max(0, delay.Ticks), happen);

    public void At(long ticks, Action happen) => _events.Enqueue(happen, (ticks, _numbers++));

    /// <summary>A machine has something to do.</summary>
    public void Runnable(Machine machine) => _runnable.Add(machine);

    /// <summary>Goes on until something is so, or time is up.</summary>
    /// <returns>Whether it was so in time.</returns>
    public bool RunUntil(Func<bool> reached, long endTicks)
    {
        while (!reached())
        {
            if (Steps == MostSteps)
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
