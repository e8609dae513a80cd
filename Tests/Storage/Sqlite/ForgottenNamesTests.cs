using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage.Sqlite;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>Names that come and go leave nothing that grows.</summary>
public sealed class ForgottenNamesTests : IDisposable
{
    private const int Rounds = 10;
    private const int NamesInRound = 10_000;
    private const int AtOnce = 500;

    private static readonly AcceptorSet Set = new(["a1"], epoch: 1);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(Requests.At);
    private readonly TurnScheduler _turns = new();
    private readonly BallotSource _ballots = new(UniqueId.New);
    private readonly SqliteGrainStorage _storage;
    private readonly Acceptor _acceptor;
    private readonly PaxosOptions _options = new() { Acceptors = ["a1"] };

    public ForgottenNamesTests()
    {
        _storage = SqliteStorages.Open(_directory.Path);
        var peers = new AcceptorPeers(Set, _ => null!, _options.AcceptorTimeout, _clock);
        _acceptor = new Acceptor(new AcceptorStorage(_storage, "a1", UniqueId.New), peers, _options, EndAsync, new MissedWrites(TimeProvider.System), NullLogger<Acceptor>.Instance);
    }

    [Fact]
    public async Task A_hundred_thousand_names_that_came_and_went_leave_a_database_of_the_size_that_a_tenth_of_them_leaves()
    {
        var pages = new List<long>();
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var names in Enumerable.Range(0, NamesInRound).Select(number => $"jobs/{round}/{number}").Chunk(AtOnce))
                await Task.WhenAll(names.Select(ComeAndGoAsync));
            _clock.Advance(_options.ForgetAfter);
            while ((await StatusAsync()).Forgetting!.Forgotten < round * NamesInRound)
                await _turns.RunAsync(() => _acceptor.ForgetPageAsync(""));
            pages.Add(Number("SELECT page_count FROM pragma_page_count"));
        }

        Assert.Equal(0, (await StatusAsync()).Registers);
        Assert.Equal(0, Number("SELECT count(*) FROM names"));
        Assert.InRange(Number("SELECT count(*) FROM records"), 2, 4097); // the identity and the pages of watermarks
        Assert.InRange(pages[^1], 1, pages[0] * 5 / 4);
    }

    public void Dispose()
    {
        _acceptor.Stop();
        _storage.Dispose();
        _directory.Dispose();
    }

    private async Task ComeAndGoAsync(string register)
    {
        var draft = new StateDraft(RegisterState.Empty);
        draft.Append(Requests.New(Change.Set(new byte[100])));
        var written = draft.ToState(basisChosen: true, _options.HistoryLimits);
        await AcceptAsync(register, written);
        draft = new StateDraft(written);
        draft.Append(new ChangeRequest(UniqueId.New(), Change.Delete(), _clock.GetUtcNow(), Floor: 1));
        await AcceptAsync(register, draft.ToState(basisChosen: true, _options.HistoryLimits));
    }

    private async Task EndAsync(string register)
    {
        var held = await _turns.RunAsync(() => _acceptor.ReadAsync(new ReadRequest(Set.Id, register, Ballot.None, WithState: true)));
        await AcceptAsync(register, held.State!.End()!);
    }

    private async Task AcceptAsync(string register, RegisterState state)
    {
        var held = await _turns.RunAsync(() => _acceptor.ReadAsync(new ReadRequest(Set.Id, register, Ballot.None, WithState: false)));
        var accept = new AcceptRequest(Set.Id, register, _ballots.Next(held.Promised), state, Ballot.None);
        Assert.True((await _turns.RunAsync(() => _acceptor.AcceptAsync(accept))).Accepted);
    }

    private Task<AcceptorStatus> StatusAsync() => _turns.RunAsync(() => _acceptor.StatusAsync("a1"));

    private long Number(string query)
    {
        using var connection = SqliteFile.OpenReader(_directory["records.db"]);
        return (long)connection.Query(query)!;
    }
}
