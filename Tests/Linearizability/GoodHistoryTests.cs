using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>Histories that linearizable registers can produce.</summary>
public sealed class GoodHistoryTests
{
    [Theory]
    [InlineData("nothing at all", "")]
    [InlineData("one after the other", """
        1 1-2 read => 0
        1 3-4 set a => 1:a
        2 5-6 read => 1:a
        2 7-8 cas b on 1 => 2:b
        1 9-10 cas c on 1 => mismatch 2:b
        1 11-12 decide d => decided 2:b
        1 13-14 delete x => 3:-x
        2 15-16 delete y => nothing 3:-x
        2 17-18 decide e => 4:e
        1 19-20 delete z on 4 => 5:-z
        1 21-22 history => 3:-x 4:e 5:-z
        """)]
    [InlineData("reads that overlap a write see it or not", """
        1 1-2 set a => 1:a
        1 3-20 set b => 2:b
        2 4-5 read => 1:a
        3 4-9 read => 2:b
        2 8-12 read => 1:a
        2 13-14 read => 2:b
        """)]
    [InlineData("two concurrent sets in either order", """
        1 1-10 set a => 2:a
        2 1-10 set b => 1:b
        """)]
    [InlineData("the first write may be a compare-and-set on nothing, or a decide", """
        1 r 1-2 cas a on 0 => 1:a
        1 q 3-4 decide b => 1:b
        """)]
    [InlineData("an unknown write that nobody saw", """
        1 1-2 set a => 1:a
        1 3-? set b => ?
        2 9-10 read => 1:a
        """)]
    [InlineData("an unknown write that took effect long after its call", """
        1 1-2 set a => 1:a
        1 3-4 set b => ?
        2 9-10 read => 1:a
        2 11-12 read => 2:b
        """)]
    [InlineData("a request sent three times is applied once", """
        1 1-? set a => ?
        1 5-6 set a => unavailable
        2 3-4 set b => 2:b
        1 7-8 set a => 1:a
        """)]
    [InlineData("what was unavailable is written by a later call of the same request", """
        1 1-2 set a => unavailable
        2 3-4 read => 0
        1 5-6 set a => 1:a
        """)]
    [InlineData("a call that never returned may be applied after another call of its request was refused", """
        1 1-2 set a => 1:a
        2 3-? decide b => ?
        2 4-5 decide b => decided 1:a
        1 6-7 delete x => 2:-x
        3 8-9 read => 3:b
        """)]
    [InlineData("a gap that an unknown set has filled", """
        1 1-2 set a => 1:a
        2 3-? set b => ?
        1 5-6 set c => 3:c
        """)]
    [InlineData("a gap between the versions of two that know of each other", """
        1 1-? cas a on 0 => ?
        2 1-? set b => ?
        3 1-? delete x => ?
        1 5-6 decide c => 3:c
        """)]
    [InlineData("a gap filled with a delete, because a decide follows", """
        1 1-2 set a => 1:a
        2 3-? set b => ?
        3 3-? delete x => ?
        1 5-6 decide c => 3:c
        """)]
    [InlineData("a history and a watch that show the writes of unknown requests", """
        1 1-? set a => ?
        2 1-? set b => ?
        3 5-6 history => 1:b 2:a
        4 1-7 watch after 0 => 1:b
        4 7-8 watch after 1 => 2:a
        """)]
    [InlineData("a watch that comes late", """
        1 1-2 set a => 1:a
        1 3-4 set b => 2:b
        1 5-6 set c => 3:c
        2 1-9 watch after 0 => <1
        2 10-11 watch after 1 => 2:b 3:c
        3 1-9 watch after 0 => <2 3:c
        """)]
    [InlineData("a stale read may be stale", """
        1 1-2 set a => 1:a
        1 3-4 set b => 2:b
        2 5-6 stale => 1:a
        2 7-8 stale => 0
        2 9-10 stale => 2:b
        """)]
    [InlineData("fences rise, and what comes behind an earlier one is refused", """
        1 1-2 set a behind l1 => 1:a/l1
        2 3-4 cas b on 1 behind l2 => 2:b/l2
        1 5-6 set c behind l1 => fenced 2:b/l2
        1 7-8 cas d on 1 behind l1 => fenced 2:b/l2
        2 9-10 set e behind l2 => 3:e/l2
        3 11-12 set f => 4:f/l2
        3 13-14 delete x behind l3 => 5:-x/l3
        2 15-16 decide g behind l2 => fenced 5:-x/l3
        3 17-18 decide h => 6:h/l3
        """)]
    [InlineData("another lock's fence, before and after a deletion without one", """
        1 1-2 set a behind l7 => 1:a/l7
        2 3-4 set b behind m9 => fenced 1:a/l7
        3 5-6 delete x => 2:-x
        2 7-8 set c behind m1 => 3:c/m1
        1 9-10 set d behind l8 => fenced 3:c/m1
        """)]
    [InlineData("a guard that may have gone, or come, in a version that nobody saw", """
        1 1-2 set a behind l7 => 1:a/l7
        2 1-? delete x => ?
        1 5-6 set b behind l1 => 3:b/l1
        3 7-8 set c => ?
        3 7-? set d behind l4 => ?
        1 9-10 set e => 5:e/l4
        """)]
    [InlineData("a guard of which no more is told than that the version was written", """
        1 1-2 set a behind l7 => 1:a/l7
        2 3-4 set b => 2:b~
        1 5-6 set c behind l7 => 3:c/l7
        3 7-8 history => 1:a/l7 2:b/l7 3:c/l7
        """)]
    [InlineData("sums", """
        1 1-2 add a 3 => 1:a=3
        1 3-4 add b -5 => 2:b=-2
        2 5-6 set 40 => 3:40
        1 7-8 add c 2 => 4:c=42
        1 9-10 delete x => 5:-x
        1 11-12 add d 1 => 6:d=1
        2 13-14 set word => 7:word
        1 15-16 add e 1 => nonumber 7:word
        """)]
    [InlineData("additions that overlap, one of them of unknown outcome", """
        1 1-9 add a 3 => 2:a=8
        2 1-9 add b 5 => 1:b=5
        3 1-? add c 7 => ?
        1 10-11 add d 1 => 4:d=16
        """)]
    [InlineData("an addition of which no more is told than its version", """
        1 1-2 add a 3 => 1:a=3~
        1 3-4 add b 4 => 2:b=7
        2 5-6 history => 1:a=3 2:b=7
        """)]
    [InlineData("registers know nothing of each other", """
        1 q 1-2 set a => 1:a
        1 r 3-4 read => 0
        """)]
    public void It_is_linearizable(string name, string transcript)
    {
        var verdict = LinearizabilityChecker.Check(Transcript.Read(transcript));
        Assert.True(verdict.IsLinearizable, $"{name}: {verdict}");
    }
}
