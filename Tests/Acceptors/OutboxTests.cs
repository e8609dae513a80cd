using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>Requests of many registers to one acceptor share messages when there are many, and are sent without waiting when there are few.</summary>
public sealed class OutboxTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<(string[] Questions, TaskCompletionSource<Batch<string?>> Answer)> _calls = [];

    [Fact]
    public async Task A_question_leaves_at_once_while_few_calls_are_under_way()
    {
        var outbox = NewOutbox();
        var first = outbox.AskAsync("1");
        var second = outbox.AskAsync("2");
        Assert.Equal([["1"], ["2"]], _calls.Select(call => call.Questions));
        Answer(1);
        Answer(0);
        Assert.Equal(("1!", "2!"), (await first, await second));
    }

    [Fact]
    public async Task What_comes_while_many_are_under_way_shares_the_next_call()
    {
        var outbox = NewOutbox();
        var answers = Enumerable.Range(0, 200).Select(number => outbox.AskAsync($"{number}")).ToList();
        Assert.Equal(4, _calls.Count);
        Answer(2);
        Assert.Equal(5, _calls.Count);
        Assert.Equal(196, _calls[4].Questions.Length);
        foreach (var call in (int[])[0, 1, 3, 4])
            Answer(call);
        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"{number}!"), await Task.WhenAll(answers));
        Assert.Equal(5, _calls.Count);
    }

    [Fact]
    public void A_call_holds_no_more_than_256_questions_or_a_mebibyte()
    {
        var outbox = NewOutbox(bytesOf: question => question.Length == 4 ? 400 * 1024 : 0);
        for (var number = 0; number < 4; number++)
            _ = outbox.AskAsync("busy?");
        for (var number = 0; number < 300; number++)
            _ = outbox.AskAsync("s");
        for (var number = 0; number < 3; number++)
            _ = outbox.AskAsync("huge");
        for (var call = 0; call < 4; call++)
            Answer(call);
        Assert.Equal([256, 46, 1], _calls.Skip(4).Select(call => call.Questions.Length));
    }

    [Fact]
    public async Task Calls_that_are_never_answered_hold_up_nobody_for_longer_than_fifty_milliseconds()
    {
        var outbox = NewOutbox();
        for (var number = 0; number < 4; number++)
            _ = outbox.AskAsync("lost");
        var waits = outbox.AskAsync("waits");
        Assert.Equal(4, _calls.Count);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(["waits"], _calls[4].Questions);
        Answer(4);
        Assert.Equal("waits!", await waits);

        _ = outbox.AskAsync("later");
        Assert.Equal(["later"], _calls[5].Questions);
    }

    [Fact]
    public async Task A_question_that_alone_failed_fails_alone_and_a_call_that_failed_fails_all()
    {
        var outbox = NewOutbox();
        for (var number = 0; number < 4; number++)
            _ = outbox.AskAsync("busy");
        var (good, bad) = (outbox.AskAsync("good"), outbox.AskAsync("bad"));
        Answer(0);
        _calls[4].Answer.SetResult(new Batch<string?>(["good!", null]));
        Assert.Equal("good!", await good);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);

        var lost = outbox.AskAsync("lost");
        _calls[^1].Answer.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => lost);
    }

    private void Answer(int call) =>
        _calls[call].Answer.SetResult(new Batch<string?>([.. _calls[call].Questions.Select(question => $"{question}!")]));

    private Outbox<string, string> NewOutbox(Func<string, int>? bytesOf = null) => new(
        batch =>
        {
            var answer = new TaskCompletionSource<Batch<string?>>();
            _calls.Add(([.. batch.Items], answer));
            return answer.Task;
        },
        bytesOf ?? (_ => 0),
        _clock);
}
