using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>Histories that no linearizable register produces. Each is rejected for its own reason.</summary>
public sealed class BadHistoryTests
{
    private const string AB = """
        1 1-2 set a => 1:a
        1 3-4 set b => 2:b

        """;

    private const string FencedAB = """
        1 1-2 set a behind l1 => 1:a/l1
        2 3-4 set b behind l2 => 2:b/l2

        """;

    [Theory]
    [InlineData(ViolationKind.StaleRead, "a read of the version before", AB + "2 5-6 read => 1:a")]
    [InlineData(ViolationKind.StaleRead, "a read of nothing after a write", AB + "2 5-6 read => 0")]
    [InlineData(ViolationKind.StaleRead, "a read that goes back behind another read", """
        1 1-2 set a => 1:a
        1 3-? set b => ?
        2 4-5 read => 2:b
        3 6-7 read => 1:a
        """)]
    [InlineData(ViolationKind.StaleRead, "a read that goes back behind a stale read", """
        1 1-2 set a => 1:a
        1 3-? set b => ?
        2 4-5 stale => 2:b
        3 6-7 read => 1:a
        """)]
    [InlineData(ViolationKind.StaleRead, "a read that goes back behind a watch", """
        1 1-2 set a => 1:a
        1 3-? set b => ?
        2 1-5 watch after 0 => 1:a 2:b
        3 6-7 read => 1:a
        """)]
    [InlineData(ViolationKind.StaleRead, "a refusal that shows an old entry", AB + "2 5-6 decide c => decided 1:a")]
    [InlineData(ViolationKind.StaleRead, "a history that ends early", AB + "2 5-6 history => 1:a")]
    [InlineData(ViolationKind.LostUpdate, "one version for two sets", AB + "2 5-6 set c => 2:c")]
    [InlineData(ViolationKind.TwoWinners, "one version for two compare-and-sets", """
        1 1-2 set a => 1:a
        2 3-9 cas b on 1 => 2:b
        3 3-9 cas c on 1 => 2:c
        """)]
    [InlineData(ViolationKind.TwoWinners, "two versions for two compare-and-sets on the same", """
        1 1-2 set a => 1:a
        2 3-9 cas b on 1 => 2:b
        3 3-9 cas c on 1 => 3:c
        """)]
    [InlineData(ViolationKind.Fork, "two readers see another entry each", """
        1 1-? set a => ?
        2 1-? set b => ?
        3 3-4 read => 1:a
        4 3-4 read => 1:b
        """)]
    [InlineData(ViolationKind.Fork, "a stale read off the chain", AB + """
        2 3-? set c => ?
        3 5-6 stale => 2:c
        """)]
    [InlineData(ViolationKind.Fork, "a watch off the chain", AB + """
        2 3-? set c => ?
        3 5-6 watch after 1 => 2:c
        """)]
    [InlineData(ViolationKind.Fork, "a history off the chain", AB + """
        2 1-? set c => ?
        3 5-6 history => 1:c 2:b
        """)]
    [InlineData(ViolationKind.DuplicateApplication, "a request sent twice and applied twice", """
        1 1-? set a => ?
        1 3-4 set a => 1:a
        2 5-6 set b => 2:b
        2 7-8 read => 3:a
        """)]
    [InlineData(ViolationKind.DuplicateApplication, "a request acknowledged twice at two versions", """
        1 1-2 set a => 1:a
        1 3-4 set a => 2:a
        """)]
    [InlineData(ViolationKind.NeverWritten, "a value that nobody wrote", AB + "2 5-6 read => 3:z")]
    [InlineData(ViolationKind.NeverWritten, "another value than the one written", "1 1-2 set a => ?\n2 5-6 read => 1:a=x")]
    [InlineData(ViolationKind.NeverWritten, "a tombstone of a set", "1 1-2 set a => ?\n2 5-6 read => 1:-a")]
    [InlineData(ViolationKind.NeverWritten, "an entry of another register", "1 q 1-2 set a => 1:a\n2 r 5-6 read => 1:a")]
    [InlineData(ViolationKind.FutureRead, "read before it was written", "1 1-2 read => 1:a\n2 3-4 set a => 1:a")]
    [InlineData(ViolationKind.FutureRead, "a stale read of what is not written yet", "1 1-2 stale => 1:a\n2 3-4 set a => 1:a")]
    [InlineData(ViolationKind.FutureRead, "a watch of what is not written yet", "1 1-2 watch after 0 => 1:a\n2 3-4 set a => 1:a")]
    [InlineData(ViolationKind.FutureRead, "shown between a call that did nothing and the call that wrote", """
        1 1-2 set a => unavailable
        2 3-4 read => 1:a
        1 5-6 set a => 1:a
        """)]
    [InlineData(ViolationKind.RefusedButApplied, "nothing happened, and yet it is there", "1 1-2 set a => unavailable\n2 3-4 read => 1:a")]
    [InlineData(ViolationKind.RefusedButApplied, "refused, and yet it is there", AB + """
        2 5-6 cas c on 1 => mismatch 2:b
        3 7-8 read => 3:c
        """)]
    [InlineData(ViolationKind.RefusedButApplied, "refused at first, applied when sent again", AB + """
        2 5-6 decide c => decided 2:b
        1 7-8 delete x => 3:-x
        2 9-10 decide c => 4:c
        """)]
    [InlineData(ViolationKind.RefusedButApplied, "refused when another call had ended without a definite answer", AB + """
        2 5-6 decide c => ?
        2 7-8 decide c => decided 2:b
        1 9-10 delete x => 3:-x
        3 11-12 read => 4:c
        """)]
    [InlineData(ViolationKind.RefusedButApplied, "refused above the version that it wrote", """
        1 1-? set a => ?
        2 1-? decide b => ?
        2 3-4 decide b => decided 2:a
        3 5-6 history => 1:b 2:a
        """)]
    [InlineData(ViolationKind.WrongAnswer, "another one's entry as one's own", "1 1-9 set a => 1:b\n2 1-9 set b => 1:b")]
    [InlineData(ViolationKind.WrongAnswer, "a set is never refused", AB + "2 5-6 set c => mismatch 2:b")]
    [InlineData(ViolationKind.WrongAnswer, "there is no version 0", "1 1-2 set a => 0:a")]
    [InlineData(ViolationKind.VersionsOutOfOrder, "a later write at an earlier version", "1 1-2 set a => 2:a\n2 3-4 set b => 1:b")]
    [InlineData(ViolationKind.VersionsOutOfOrder, "an unknown write below what was read before", """
        1 1-2 set a => ?
        1 1-2 set b => ?
        2 3-4 read => 2:b
        3 5-6 set c => ?
        4 7-8 history => 1:c 2:b
        """)]
    [InlineData(ViolationKind.ConditionIgnored, "a compare-and-set two versions later", AB + "2 5-6 cas c on 1 => 3:c")]
    [InlineData(ViolationKind.ConditionIgnored, "a decide over a value", AB + "2 5-6 decide c => 3:c")]
    [InlineData(ViolationKind.ConditionIgnored, "a delete of nothing", "1 1-2 delete x => 1:-x")]
    [InlineData(ViolationKind.ConditionIgnored, "a delete of a tombstone", AB + "1 5-6 delete x => 3:-x\n1 7-8 delete y on 3 => 4:-y")]
    [InlineData(ViolationKind.WrongRefusal, "a mismatch of the version it is at", AB + "2 5-6 cas c on 2 => mismatch 2:b")]
    [InlineData(ViolationKind.WrongRefusal, "decided, but deleted all the while", AB + "1 5-6 delete x => 3:-x\n2 7-8 decide c => decided 3:-x")]
    [InlineData(ViolationKind.WrongRefusal, "nothing to delete, but there is", AB + "2 5-6 delete x => nothing 2:b")]
    [InlineData(ViolationKind.ConditionIgnored, "behind a fence that a higher one has passed", FencedAB + "1 5-6 set c behind l1 => 3:c/l1")]
    [InlineData(ViolationKind.ConditionIgnored, "behind the fence of another lock", FencedAB + "1 5-6 set c behind m9 => 3:c/m9")]
    [InlineData(ViolationKind.ConditionIgnored, "behind a lower fence after a deletion that had one", FencedAB + "2 5-6 delete x behind l2 => 3:-x/l2\n1 7-8 set c behind l1 => 4:c/l1")]
    [InlineData(ViolationKind.WrongRefusal, "fenced by its own token", FencedAB + "2 5-6 set c behind l2 => fenced 2:b/l2")]
    [InlineData(ViolationKind.WrongRefusal, "fenced by a lower token", FencedAB + "2 5-6 set c behind l3 => fenced 2:b/l2")]
    [InlineData(ViolationKind.WrongRefusal, "fenced after a deletion without a fence", FencedAB + "3 5-6 delete x => 3:-x\n1 7-8 set c behind l1 => fenced 3:-x")]
    [InlineData(ViolationKind.WrongRefusal, "a mismatch where the fence comes first", FencedAB + "1 5-6 cas c on 1 behind l1 => mismatch 2:b/l2")]
    [InlineData(ViolationKind.WrongAnswer, "fenced without a fence", FencedAB + "1 5-6 set c => fenced 2:b/l2")]
    [InlineData(ViolationKind.WrongGuard, "a fence that is not stored", "1 1-2 set a behind l1 => 1:a")]
    [InlineData(ViolationKind.WrongGuard, "a guard that nobody set", "1 1-2 set a => 1:a/l1")]
    [InlineData(ViolationKind.WrongGuard, "a guard that a write without a fence has taken away", FencedAB + "3 5-6 set c => 3:c")]
    [InlineData(ViolationKind.WrongGuard, "a guard that a deletion without a fence has left", FencedAB + "3 5-6 delete x => 3:-x/l2")]
    [InlineData(ViolationKind.WrongGuard, "a guard that a deletion with a fence has taken away", FencedAB + "2 5-6 delete x behind l2 => 3:-x")]
    [InlineData(ViolationKind.Fork, "one entry with two guards", FencedAB + "3 5-6 read => 2:b/l1")]
    [InlineData(ViolationKind.RefusedButApplied, "fenced, and yet it is there", FencedAB + "1 5-6 set c behind l1 => fenced 2:b/l2\n3 7-8 read => 3:c/l1")]
    [InlineData(ViolationKind.WrongSum, "one addition lost in the next", "1 1-2 add a 3 => 1:a=3\n2 3-4 add b 4 => 2:b=4")]
    [InlineData(ViolationKind.WrongSum, "added twice", "1 1-2 add a 3 => 1:a=6")]
    [InlineData(ViolationKind.WrongSum, "added to what was deleted", "1 1-2 set 5 => 1:5\n1 3-4 delete x => 2:-x\n1 5-6 add a 1 => 3:a=6")]
    [InlineData(ViolationKind.NeverWritten, "a sum that is no number", "1 1-2 add a 3 => 1:a=three")]
    [InlineData(ViolationKind.ConditionIgnored, "added to a word", AB + "1 5-6 add c 1 => 3:c=1")]
    [InlineData(ViolationKind.WrongRefusal, "no number, but it is one", "1 1-2 set 5 => 1:5\n1 3-4 add a 1 => nonumber 1:5")]
    [InlineData(ViolationKind.WrongAnswer, "no number for one who adds nothing", AB + "1 5-6 set c => nonumber 2:b")]
    [InlineData(ViolationKind.MissingWrite, "one addition for two gaps", AB + "2 3-? add x 1 => ?\n2 5-6 set c => 4:c\n2 7-8 set d => 6:d")]
    [InlineData(ViolationKind.MissingWrite, "nobody can have written version 3", AB + "2 5-6 set c => 4:c")]
    [InlineData(ViolationKind.MissingWrite, "it was sent too late to be version 1", """
        1 1-2 set b => 2:b
        2 3-? set a => ?
        """)]
    [InlineData(ViolationKind.MissingWrite, "a compare-and-set fits elsewhere only", AB + "2 1-? cas x on 1 => ?\n2 5-6 set c => 4:c")]
    [InlineData(ViolationKind.MissingWrite, "a delete does not fit where a delete follows", AB + "2 3-? delete x => ?\n2 5-6 delete y => 4:-y")]
    [InlineData(ViolationKind.MissingWrite, "a set does not fit where a decide follows", AB + "2 3-? set x => ?\n2 5-6 decide y => 4:y")]
    [InlineData(ViolationKind.MissingWrite, "one request for two gaps", AB + "2 3-? set x => ?\n2 5-6 set c => 4:c\n2 7-8 set d => 6:d")]
    [InlineData(ViolationKind.MissingWrite, "one delete for two gaps", """
        1 1-2 set a => 1:a
        2 1-? cas z on 0 => ?
        2 3-? delete x => ?
        1 5-6 decide b => 3:b
        1 7-8 decide c => 5:c
        """)]
    [InlineData(ViolationKind.MissingWrite, "one decide for two gaps", """
        1 1-? cas z on 9 => ?
        2 3-? decide a => ?
        1 5-6 delete x => 2:-x
        1 7-8 delete y => 4:-y
        """)]
    [InlineData(ViolationKind.MissingWrite, "it was refused above the gap", """
        1 1-2 set a => 1:a
        4 1-? delete x => ?
        3 1-? decide c => ?
        1 3-4 set d => 4:d
        3 5-6 decide c => decided 4:d
        """)]
    [InlineData(ViolationKind.MissingWrite, "gone from the history, never written", "1 1-2 set a => 1:a\n2 1-9 watch after 0 => <3")]
    [InlineData(ViolationKind.WatchGap, "a watch that skips a version", AB + "2 1-9 watch after 0 => 2:b")]
    [InlineData(ViolationKind.WatchGap, "a watch that skips between batches", AB + "2 1-7 watch after 0 => 1:a\n2 7-9 watch after 2 =>")]
    [InlineData(ViolationKind.WatchGap, "a watch that repeats a version", AB + "2 1-7 watch after 0 => 1:a\n2 7-9 watch after 1 => 1:a 2:b")]
    [InlineData(ViolationKind.WatchGap, "told that it missed what it has seen", AB + "2 1-7 watch after 0 => 1:a 2:b\n2 7-9 watch after 2 => <1")]
    [InlineData(ViolationKind.HistoryGap, "a history with a hole", AB + "1 5-6 set c => 3:c\n1 7-8 history => 1:a 3:c")]
    [InlineData(ViolationKind.HistoryGap, "a history out of order", AB + "1 7-8 history => 2:b 1:a")]
    public void It_is_refused_for_the_right_reason(object kind, string name, string transcript)
    {
        var verdict = LinearizabilityChecker.Check(Transcript.Read(transcript));
        Assert.True(verdict.Violations.Any() && verdict.Violations.All(violation => violation.Kind.Equals(kind)), $"{name}: {verdict}");
        Assert.All(verdict.Violations, violation => Assert.Matches("client [0-9]|version", violation.Sentence));
    }
}
