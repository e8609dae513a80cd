using System.Globalization;
using Orleans.Paxos.Verification.Chaos.Locks;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>What the rules for locks refuse in the diary of a lock, and what they let pass.</summary>
public sealed class LockRulesTests
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("one after the other", "begin 1 10 a, tick 1 11 a, end 1 12 a, begin 3 12 b, end 3 13 b")]
    [InlineData("a holder that was killed", "begin 1 10 a, tick 1 11 a, begin 2 13 b", "kill a 11 11")]
    [InlineData("a first moment", "begin 1 10 a, begin 2 13 b, tick 1 14.5 a, tick 2 14.6 b", "pause a 10.1 14")]
    [InlineData("a line that was under way at the stop", "begin 1 10 a, begin 2 13 b, tick 1 10.09 a", "pause a 10.1 14")]
    [InlineData("a follower that began in the first moment", "begin 1 10 a, begin 2 12.2 b, tick 1 12.21 a", "pause a 10.1 12.1")]
    [InlineData("a beginning that came late itself", "begin 2 13 b, begin 1 14.1 a", "pause a 10.1 14")]
    [InlineData("a pause that left the lock", "begin 1 10 a, tick 1 13 a, end 1 14 a, begin 2 14 b", "pause a 11 12.9")]
    [InlineData("a pause before the lock was acquired", "begin 1 15 a, tick 1 17 a, end 1 18 a", "pause a 10 14")]
    public void It_passes(string what, string diary, string faults = "") => Assert.False(Violations(diary, faults).Any(), what);

    [Theory]
    [InlineData("'tick 1 12.01 a' was written after 'begin 2 12.00 b'", "begin 1 10 a, begin 2 12 b, tick 1 12.01 a")]
    [InlineData("'end 1 12.00 a' was written after 'begin 2 12.00 b'", "begin 1 10 a, begin 2 12 b, end 1 12 a")]
    [InlineData("'begin 1 12.00 b' was written after 'begin 2 10.00 a'", "begin 2 10 a, end 2 11 a, begin 1 12 b")]
    [InlineData("token 1 was handed out 2 times: begin 1 10.00 a, begin 1 12.00 b", "begin 1 10 a, end 1 11 a, begin 1 12 b")]
    [InlineData("'tick 1 14.51 a' was written after 'begin 2 13.00 b'", "begin 1 13 a, begin 2 13 b, tick 1 14.51 a", "pause a 13 14")]
    [InlineData("'tick 1 14.00 a' was written after 'begin 2 10.00 b'", "begin 1 9 a, begin 2 10 b, tick 1 14 a", "pause a 10.1 14")]
    [InlineData("'tick 1 14.00 a' was written after 'begin 2 13.00 b'", "begin 1 10 a, begin 2 13 b, tick 1 14 a", "pause b 10.1 14")]
    [InlineData("'tick 1 14.00 a' was written after 'begin 2 13.00 b'", "begin 1 10 a, begin 2 13 b, tick 1 14 a", "kill a 14 14")]
    [InlineData("'tick 1 14.60 a' was written by a holder that stood still from 11.00 to 14.00", "begin 1 10 a, tick 1 14.6 a", "pause a 11 14")]
    [InlineData("'tick 1 12.00 a' was written by a holder that was killed from 11.00 to 11.00", "begin 1 10 a, tick 1 12 a", "kill a 11 11")]
    public void It_is_refused(string violation, string diary, string faults = "") => Assert.Equal([$"lock l: {violation}"], Violations(diary, faults));

    [Fact]
    public void What_a_first_moment_excuses_is_told()
    {
        var history = new LockHistory("l", Diary("begin 1 10 a, begin 2 13 b, tick 1 14.1 a, tick 2 14.2 b"), [], []);
        Assert.Equal(["tick 1 14.10 a"], new LockRules(Faults("pause a 10.1 14"), TimeToLive).Excused(history).Select(line => $"{line}"));
    }

    [Theory]
    [InlineData("", "1 Written 1, 4 Written 2, 1 Fenced 0")]
    [InlineData("", "1 Written 1, 4 Unknown 0, 1 Fenced 0, 4 Written 3")]
    [InlineData("its register has token 4 in version 2, and token 1 in version 3", "4 Written 2, 1 Written 3")]
    [InlineData("its register has token 1 in version 2, and token 4 in version 2", "1 Written 2, 4 Written 2")]
    [InlineData("a write with token 4 was refused by the fence, and no later token was written", "1 Written 1, 4 Fenced 0")]
    public void Tokens_in_the_register_rise(string violation, string writes)
    {
        var history = new LockHistory("l", [], [.. writes.Split(", ").Select(Write)], []);
        Assert.Equal(violation.Length == 0 ? [] : [$"lock l: {violation}"], new LockRules([], TimeToLive).Violations(history));
    }

    [Fact]
    public void A_token_that_only_the_register_shows_counts()
    {
        var history = new LockHistory("l", [], [new GuardedWrite(3, GuardedOutcome.Written, 2)], [(1, 5), (2, 3)]);
        Assert.Equal(["lock l: its register has token 5 in version 1, and token 3 in version 2"], new LockRules([], TimeToLive).Violations(history));
    }

    private static IEnumerable<string> Violations(string diary, string faults) =>
        new LockRules(Faults(faults), TimeToLive).Violations(new LockHistory("l", Diary(diary), [], []));

    private static ImmutableArray<DiaryLine> Diary(string lines) => [.. lines.Split(", ").Select(DiaryLine.Parse)];

    private static IEnumerable<HolderFault> Faults(string faults) =>
        from fault in faults.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        let parts = fault.Split(' ')
        select new HolderFault(parts[0] == "kill" ? HolderFaultKind.Kill : HolderFaultKind.LongPause, parts[1], Uptime.Parse(parts[2]), Uptime.Parse(parts[3]));

    private static GuardedWrite Write(string write)
    {
        var parts = write.Split(' ');
        return new GuardedWrite(Number(parts[0]), Enum.Parse<GuardedOutcome>(parts[1]), Number(parts[2]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
