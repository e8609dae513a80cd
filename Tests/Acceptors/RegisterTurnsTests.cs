using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>What several messages make of a register's record in one turn.</summary>
public sealed class RegisterTurnsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promise_in_the_turn_that_forgets_is_durable(bool inOneCommit)
    {
        var world = new PaxosWorld(1, inOneCommit: inOneCommit);
        var storage = new AcceptorStorage(world.Node(1).Storage, "a1", UniqueId.New);
        var turns = await TurnsAsync(world, storage);
        var (ended, higher) = (new Ballot(5, UniqueId.New()), new Ballot(6, UniqueId.New()));
        var end = new AcceptRequest(world.Set.Id, "r", ended, RegisterState.Empty with { Origin = new RegisterOrigin(3, 3) }, Ballot.None);
        await AnswerAsync(turns, Ask(turns, (record, _) => AcceptorRules.Accept(record, end, world.Options.HistoryLimits)));

        var bucket = new Watermark(end.State.Origin, ended.Round);
        var forgotten = Ask(turns, (record, _) => (AcceptorRules.Forget(record, bucket, new EndedRegister("r", ended, 3)), "forgotten"));
        var promised = await AnswerAsync(turns, Ask(turns, (record, _) => AcceptorRules.Prepare(record, higher)));
        Assert.True(forgotten.IsCompletedSuccessfully && promised.Granted);
        var stored = (await storage.OpenRegisterAsync("r")).Value;
        Assert.Equal((higher, Ballot.None), (stored.Promised, stored.Accepted));
    }

    private static async Task<RegisterTurns> TurnsAsync(PaxosWorld world, AcceptorStorage storage)
    {
        var membership = new AcceptorMembership(storage, world.NewPeers(), static _ => Task.CompletedTask, NullLogger<Acceptor>.Instance);
        await membership.TryJoinAsync();
        return new RegisterTurns(
            storage,
            membership,
            RegisterStore.Over(storage, membership, world.Options),
            new Watermarks(storage, world.Options.NameBuckets),
            new RegisterSlots(world.Options.AcceptorMemoryBytes),
            new ChangeFeed(UniqueId.New(), Acceptor.FeedItems, world.Clock),
            world.Options.HistoryLimits);
    }

    private static Task<Batch<TReply?>> Ask<TReply>(RegisterTurns turns, Step<string, TReply> step)
        where TReply : class
    {
        var questions = new Questions<string, TReply>(new Batch<string>(["r"]), isRead: false, step, static failure => throw failure);
        turns.Post("r", questions.Message(0));
        return questions.Answered;
    }

    private static async Task<TReply> AnswerAsync<TReply>(RegisterTurns turns, Task<Batch<TReply?>> answered)
        where TReply : class
    {
        turns.Begin();
        return (await answered).Items[0]!;
    }
}
