namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>Runs asynchronous code on one thread with a virtual clock, which advances only when nothing is left to run.</summary>
internal sealed class ClientWorld : TaskScheduler
{
    private static readonly TimeSpan End = TimeSpan.FromHours(1);

    private readonly Queue<Task> _ready = [];
    private readonly Thread _thread = Thread.CurrentThread;

    public VirtualTime Time { get; } = new();

    /// <summary>Milliseconds since the start.</summary>
    public double Now => Time.Now.TotalMilliseconds;

    public static void Run(Func<ClientWorld, Task> story)
    {
        var world = new ClientWorld();
        var told = Task.Factory.StartNew(() => story(world), CancellationToken.None, TaskCreationOptions.None, world).Unwrap();
        while (!told.IsCompleted)
        {
            if (world._ready.TryDequeue(out var task))
                world.TryExecuteTask(task);
            else if (!world.Time.TryAdvance())
                throw new InvalidOperationException($"No work and no timer is left, {world.Now} ms after the start.");
            else if (world.Time.Now > End)
                throw new InvalidOperationException("The story does not end.");
        }

        told.GetAwaiter().GetResult();
    }

    public Task Sleep(double milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), Time);

    protected override void QueueTask(Task task)
    {
        Assert.Same(_thread, Thread.CurrentThread);
        _ready.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Thread.CurrentThread == _thread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
