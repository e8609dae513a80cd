namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>One writer's attempt to write a register that has no value.</summary>
/// <param name="Value">The value.</param>
/// <param name="Set">The set that it knows.</param>
/// <param name="IsInitial">Whether it takes the initial round, or else prepares.</param>
internal readonly record struct WriterAttempt(char Value, SetStep Set, bool IsInitial);

/// <summary>What the proposers of a world do. Each makes one attempt, or none.</summary>
/// <param name="Writers">The writers, in the order of their ballots.</param>
/// <param name="BelowSweep">How many of them have ids below that of the sweep, which orders the ballots of the joint epoch.</param>
internal sealed record SetChangePlan(ImmutableArray<WriterAttempt> Writers, int BelowSweep)
{
    /// <summary>The number of writers.</summary>
    public const int WriterCount = 2;

    /// <summary>The last set. The change is cancelled if a writer writes in the set that it then ends with: if none does, that adds nothing.</summary>
    public SetStep Last { get; } = Writers.Any(static writer => writer.Set == SetStep.Cancelled) ? SetStep.Cancelled : SetStep.After;

    /// <summary>All plans. The writers differ in nothing but their values, so the first one is the one with the lower ballot.</summary>
    /// <param name="rules">The rules.</param>
    public static ImmutableArray<SetChangePlan> All(SetChangeRules rules)
    {
        WriterAttempt[] attempts =
        [
            .. from step in Enum.GetValues<SetStep>()
               from isInitial in (bool[])[true, false]
               where step != SetStep.Joint || !isInitial || rules.InitialRoundInJoint
               select new WriterAttempt(default, step, isInitial),
        ];
        return
        [
            .. from first in Enumerable.Range(0, attempts.Length)
               from second in Enumerable.Range(first, attempts.Length - first)
               let writers = ImmutableArray.Create(attempts[first] with { Value = 'x' }, attempts[second] with { Value = 'y' })
               where writers is not [{ Set: SetStep.After }, { Set: SetStep.Cancelled }]
               let before = writers.Count(static writer => writer.Set == SetStep.Before)
               from below in Enumerable.Range(before, writers.Count(static writer => writer is { Set: SetStep.Joint, IsInitial: false }) + 1)
               select new SetChangePlan(writers, below),
        ];
    }
}
