namespace Orleans.Paxos.Verification;

/// <summary>
/// Carries calls between machines. As in Orleans a call whose message or answer is lost fails after a long time, and one
/// to a silo that is not there fails at once or once its death is noticed.
/// </summary>
internal sealed class Network(
    Schedule schedule, Dice dice, FaultPlan plan, FaultCounts counts, InvariantMonitor monitor, Trace trace)
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDetection = TimeSpan.FromSeconds(3);

    private readonly HashSet<(string From, string To)> _cut = [];
    private long _calls;

    /// <summary>Nothing gets from one place to the other.</summary>
    public void Cut(string from, string to) => _cut.Add((from, to));

    public void HealCuts() => _cut.Clear();

    /// <summary>Calls an object on another machine.</summary>
    /// <param name="from">The caller's machine.</param>
    /// <param name="to">The place it is called at.</param>
    /// <param name="find">Finds the object and its machine when the message arrives; null when it is not there.</param>
    /// <param name="call">The call.</param>
    /// <param name="message">The message, for the trace.</param>
    /// <param name="duplication">The fault that may deliver it twice.</param>
    /// <param name="observer">Sees the answer when it leaves.</param>
    public Task<TReply> CallAsync<TTarget, TReply>(
        Machine from,
        string to,
        Func<(Machine Machine, TTarget Target)?> find,
        Func<TTarget, Task<TReply>> call,
        object message,
        FaultKind duplication,
        Action<TReply>? observer = null)
    {
        var observe = observer ?? (_ => { });
        var exchange = new Exchange<TReply>(++_calls, from, to, message, duplication);
        Carry(from.Place, to, message, duplication, exchange.Lost, arrive: () => Deliver(exchange, find, call, observe));
        return exchange.Answer.Task;
    }

    /// <summary>Takes a message from one place to another, or loses it, or delivers it twice.</summary>
    private void Carry(string from, string to, object? message, FaultKind duplication, Action<Network> lost, Action arrive)
    {
        var local = from == to;
        if (!local && (_cut.Contains((from, to)) || Strikes(FaultKind.MessageLost)))
        {
            if (trace.On)
                trace.Line(from, $"-> {to} LOST {MessageText.Of(message)}");
            lost(this);
            return;
        }

        if (trace.On)
            trace.Line(from, $"-> {to} {MessageText.Of(message)}");
        schedule.After(local ? TimeSpan.Zero : Latency(), arrive);
        if (!local && Strikes(duplication))
            schedule.After(Latency() * 2, arrive);
    }

    private void Deliver<TTarget, TReply>(
        Exchange<TReply> exchange, Func<(Machine Machine, TTarget Target)?> find, Func<TTarget, Task<TReply>> call, Action<TReply> observe)
    {
        if (find() is not { Machine.IsAlive: true } found)
        {
            FailLater(exchange, new SiloUnavailableException($"Silo '{exchange.To}' is not there."));
            return;
        }

        var number = ++_calls;
        found.Machine.Began(number, () => FailLater(exchange, new SiloUnavailableException($"Silo '{exchange.To}' is gone.")));
        found.Machine.Post(() => _ = HandleAsync(exchange, found.Machine, number, () => call(found.Target), observe));
    }

    private async Task HandleAsync<TReply>(Exchange<TReply> exchange, Machine machine, long number, Func<Task<TReply>> call, Action<TReply> observe)
    {
        var answer = call();
        await answer.EndAsync();
        machine.Ended(number);
        var failure = answer.Exception?.InnerException;
        if (failure is null)
            observe(answer.Result);
        else
            monitor.Threw(machine.Place, failure);
        Carry(machine.Place, exchange.From.Place, failure is null ? answer.Result : failure.GetType().Name, exchange.Duplication, exchange.Lost, arrive: () =>
        {
            if (failure is null)
                exchange.Answer.TrySetResult(answer.Result);
            else
                exchange.Fail(failure);
        });
    }

    private void FailLater<TReply>(Exchange<TReply> exchange, Exception failure) =>
        schedule.After(dice.Chance(0.5) ? Latency() : dice.Between(TimeSpan.Zero, LongestDetection), () => exchange.Fail(failure));

    private TimeSpan Latency() => Strikes(FaultKind.MessageDelayed)
        ? dice.Between(plan.Latency.Most, plan.LongestDelay)
        : dice.Between(plan.Latency.Least, plan.Latency.Most);

    private bool Strikes(FaultKind kind)
    {
        if (!dice.Chance(plan.Rate(kind)))
            return false;
        counts.Add(kind);
        return true;
    }

    /// <summary>A call under way.</summary>
    private sealed class Exchange<TReply>(long number, Machine from, string to, object message, FaultKind duplication)
    {
        public FaultKind Duplication => duplication;

        public Machine From => from;

        public string To => to;

        public TaskCompletionSource<TReply> Answer { get; } = new();

        /// <summary>The call fails, whether or not someone still waits for it.</summary>
        public void Fail(Exception failure)
        {
            Answer.TrySetException(failure);
            _ = Answer.Task.Exception;
        }

        public void Lost(Network network) => network.LoseAnswer(this, number, message);
    }

    private void LoseAnswer<TReply>(Exchange<TReply> exchange, long number, object message) =>
        schedule.After(ResponseTimeout, () => exchange.Fail(new TimeoutException($"Call {number} to '{exchange.To}' had no answer ({message.GetType().Name}).")));
}
