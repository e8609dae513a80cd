using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Tests.Coordination.World;

namespace Orleans.Paxos.Tests.Coordination;

public sealed class SessionListTests
{
    [Fact]
    public void A_page_has_a_session_as_long_as_more_follow_even_if_many_before_it_have_ended() => CoordinationWorld.Run(async world =>
    {
        var registers = world.NewProcess().Registers;
        for (var number = 1; number <= 9; number++)
            await WriteAsync(registers, Id(number), number is 1 or 5 or 6 ? SessionState.Open : SessionState.Ended);

        var list = new SessionList(registers);
        var pages = new List<SessionPage>();
        do
            pages.Add(await list.ReadPageAsync(pages.LastOrDefault()?.Sessions[^1].Id, limit: 2, CancellationToken.None));
        while (pages[^1].More);
        Assert.Equal([[Id(1)], [Id(5)], [Id(6)], []], pages.Select(page => page.Sessions.Select(session => session.Id)));
    });

    [Fact]
    public void Nobody_has_a_session_and_the_page_is_empty() => CoordinationWorld.Run(async world =>
    {
        var page = await new SessionList(world.NewProcess().Registers).ReadPageAsync(after: null, limit: 2, CancellationToken.None);
        Assert.Equal((0, false), (page.Sessions.Length, page.More));
    });

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static Task WriteAsync(IRegisterClient registers, Guid id, SessionState state) =>
        registers.ChangeAsync(ReservedNames.OfSession(id), Change.Set(new SessionValue("owner", TimeSpan.FromSeconds(15), default, state, []).Encode()));
}
