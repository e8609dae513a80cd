using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Cli;

public sealed class PatientOpeningTests
{
    private static readonly Uri Server = new("http://127.0.0.1:8080/");

    private static readonly Exception NoMajority = new QuorumUnavailableException([], 2);

    private readonly List<TimeSpan?> _attempts = [];
    private readonly List<string> _notices = [];

    public static TheoryData<string> Lasting => [.. LastingFailures.Keys];

    private static Dictionary<string, Exception> LastingFailures => new()
    {
        ["no key"] = new UsageException("A key is needed.", ""),
        ["a bad request"] = new ArgumentException("It is bad."),
        ["not a silo"] = new UnexpectedAnswerException(Server, "it is none."),
        ["a certificate"] = NoAnswerException.Untrusted(Server, "it is not trusted"),
        ["no https"] = NoAnswerException.NotSecure(Server, "it is http"),
        ["nothing that can be trusted"] = NoAnswerException.AtAll("None can be trusted.", mayPass: false),
        ["another acceptor set"] = new AcceptorSetMismatchException("a", "b"),
    };

    [Fact]
    public void Without_a_time_to_wait_it_is_tried_until_it_succeeds_and_told_once() => ClientWorld.Run(async world =>
    {
        Exception[] failures = [NoMajority, NoAnswerException.At(Server, "refused"), new AnswerLostException("lost")];
        await OpenAsync(world, wait: null, attempt => attempt < 1000 ? failures[attempt % failures.Length] : null);
        Assert.Equal(1001, _attempts.Count);
        Assert.All(_attempts, Assert.Null);
        Assert.Contains(NoMajority.Message, Assert.Single(_notices));
    });

    [Fact]
    public void With_a_time_to_wait_it_is_tried_that_long() => ClientWorld.Run(async world =>
    {
        Assert.Same(NoMajority, await Assert.ThrowsAsync<QuorumUnavailableException>(() => OpenAsync(world, wait: 2.5, _ => NoMajority)));
        Assert.Equal([7.5, 6.5, 5.5, 5], _attempts.Select(longest => longest!.Value.TotalSeconds));
        Assert.Equal(2500, world.Now);
        Assert.Single(_notices);
    });

    [Fact]
    public void Who_does_not_want_to_wait_tries_once() => ClientWorld.Run(async world =>
    {
        await Assert.ThrowsAsync<QuorumUnavailableException>(() => OpenAsync(world, wait: 0, _ => NoMajority));
        Assert.Single(_attempts);
        Assert.Empty(_notices);
    });

    [Theory]
    [MemberData(nameof(Lasting))]
    public void What_cannot_pass_ends_it_at_once(string failure) => ClientWorld.Run(async world =>
    {
        var lasting = LastingFailures[failure];
        Assert.Same(lasting, await Record.ExceptionAsync(() => OpenAsync(world, wait: null, _ => lasting)));
        Assert.Single(_attempts);
        Assert.Empty(_notices);
    });

    private Task OpenAsync(ClientWorld world, double? wait, Func<int, Exception?> failure)
    {
        var time = new WaitTime(world.Time, wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return new PatientOpening(time, _notices.Add).OpenAsync(
            longest =>
            {
                _attempts.Add(longest);
                return failure(_attempts.Count - 1) is { } exception ? Task.FromException<ILockSession>(exception) : Task.FromResult<ILockSession>(null!);
            },
            TestContext.Current.CancellationToken);
    }
}
