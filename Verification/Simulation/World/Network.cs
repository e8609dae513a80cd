using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.Monitors;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>
/// Carries calls between machines. As in Orleans, a call whose message or answer is lost fails after a long time. A call to a
/// silo that is not there fails at once, or when the silo's death is noticed.
/// </summary>
internal sealed class Network(
    Schedule schedule, Dice dice, FaultPlan plan, FaultCounts counts, InvariantMonitor monitor, Trace trace)
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDetection = TimeSpan.FromSeconds(3);

    private readonly HashSet<(string From, string To)> _cut = [];
    private readonly Distances _distances = new(dice);
    private long _calls;

    /// <summary>Cuts the link from one place to another, in this direction.</summary>
    public void Cut(string from, string to) => _cut.Add((from, to));

    public void HealCuts() => _cut.Clear();

    /// <summary>Calls an object on another machine.</summary>
    /// <param name="from">The caller's machine.</param>
    /// <param name="to">The place that it calls.</param>
    /// <param name="find">Finds the object and its machine when the message arrives; null when it is not there.</param>
    /// <param name="call">The call.</param>
    /// <param name="message">The message, for the trace.</param>
    /// <param name="duplication">The fault that may deliver the message or the answer twice.</param>
    /// <param name="observer">Sees the answer when it is sent.</param>
    public Task<TReply> CallAsync<TTarget, TReply>(
        Machine from,
        string to,
        Func<(Machine Machine, TTarget Target)?> find,
        Func<TTarget, Task<TReply>> call,
        object message,
        FaultKind duplication,
        Action<TReply>? observer = null)
    {
        var exchange = new Exchange<TReply>(from, to, message, duplication);
        Carry(exchange, from.Place, to, message, arrive: () => Deliver(exchange, find, call, observer));
        return exchange.Answer;
    }

    /// <summary>Carries a message from one place to another, loses it, or delivers it twice.</summary>
    private void Carry<TReply>(Exchange<TReply> exchange, string from, string to, object? message, Action arrive)
    {
        var local = from == to;
        if (!local && (_cut.Contains((from, to)) || Strikes(FaultKind.MessageLost)))
        {
            if (trace.On)
                trace.Line(from, $"-> {to} LOST {MessageText.Of(message)}");
            schedule.After(ResponseTimeout, () => exchange.Fail(new TimeoutException($"'{exchange.To}' did not answer.")));
            return;
        }

        if (trace.On)
            trace.Line(from, $"-> {to} {MessageText.Of(message)}");
        schedule.After(local ? TimeSpan.Zero : Latency(from, to), arrive);
        if (!local && Strikes(exchange.Duplication))
            schedule.After(Latency(from, to) * 2, arrive);
    }

    private void Deliver<TTarget, TReply>(
        Exchange<TReply> exchange, Func<(Machine Machine, TTarget Target)?> find, Func<TTarget, Task<TReply>> call, Action<TReply>? observer)
    {
        if (find() is not { Machine.IsAlive: true } found)
        {
            FailLater(exchange, "is not there");
            return;
        }

        var number = ++_calls;
        found.Machine.Began(number, () => FailLater(exchange, "is gone"));
        found.Machine.Post(() => _ = HandleAsync(exchange, found.Machine, number, () => call(found.Target), observer));
    }

    private async Task HandleAsync<TReply>(
        Exchange<TReply> exchange, Machine machine, long number, Func<Task<TReply>> call, Action<TReply>? observer)
    {
        var answer = call();
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        machine.Ended(number);
        if (answer.Exception?.InnerException is { } failure)
        {
            monitor.Threw(machine.Place, failure);
            Carry(exchange, machine.Place, exchange.From.Place, failure.GetType().Name, arrive: () => exchange.Fail(failure));
        }
        else
        {
            observer?.Invoke(answer.Result);
            Carry(exchange, machine.Place, exchange.From.Place, answer.Result, arrive: () => exchange.Succeed(answer.Result));
        }
    }

    private void FailLater<TReply>(Exchange<TReply> exchange, string what)
    {
        var noticed = dice.Chance(0.5) ? Latency(exchange.From.Place, exchange.To) : dice.Between(TimeSpan.Zero, LongestDetection);
        schedule.After(noticed, () => exchange.Fail(new SiloUnavailableException($"Silo '{exchange.To}' {what}.")));
    }

    private TimeSpan Latency(string from, string to)
    {
        if (Strikes(FaultKind.MessageDelayed))
            return dice.Between(plan.Latency.Most, plan.LongestDelay);
        var distance = plan is { Active: true, IsSpread: true } ? _distances.Between(from, to) : TimeSpan.Zero;
        return distance + dice.Between(plan.Latency.Least, plan.Latency.Most);
    }

    private bool Strikes(FaultKind kind) => plan.Strikes(kind, dice, counts);
}
