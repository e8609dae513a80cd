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
