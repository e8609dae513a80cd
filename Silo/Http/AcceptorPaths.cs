namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/acceptors</c>: the acceptor set, and its change.</summary>
internal static class AcceptorPaths
{
    private const string Acceptors = "/v1/acceptors";
    private const string Change = "/v1/acceptors/change";
    private const int MostBodyBytes = 64 * 1024;

    /// <summary>Maps the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Acceptors, [HttpMethods.Get, HttpMethods.Head], GetAsync);
        routes.MapPost(Acceptors, PostAsync);
        routes.MapDelete(Change, CancelAsync);
    }

    private static async Task GetAsync(HttpContext context)
    {
        var status = await Client(context).StatusAsync(context.RequestAborted);
        await context.Response.WriteJsonAsync(new
        {
            status.Set.Epoch,
            status.Set.Majority,
            members = status.Set.Members.Select(Member),
            former = status.Set.Former.Select(Member),
            step = status.Step.ToWord(),
            status.Swept,
            registersPerSecond = Math.Round(status.PerSecond, 1),
            status.WaitsFor,
            acceptors = status.Acceptors.Select(static acceptor => new
            {
                name = acceptor.Acceptor,
                standing = acceptor.Standing.ToWord(),
                acceptor.Detail,
                acceptor.Epoch,
                acceptor.Storage,
                acceptor.Registers,
            }),
        });
    }

    private static async Task PostAsync(HttpContext context)
    {
        var change = await JsonBody.ReadAsync<AcceptorSetChange>(context, MostBodyBytes);
        await context.Response.WriteBegunAsync(await DecideAsync(context, client => client.ChangeAsync(change.ToChange(), context.RequestAborted)));
    }

    private static async Task CancelAsync(HttpContext context) =>
        await context.Response.WriteJsonAsync(await DecideAsync(context, client => client.CancelAsync(context.RequestAborted)));

    /// <returns>The set that was decided, as JSON.</returns>
    private static async Task<object> DecideAsync(HttpContext context, Func<IAcceptorSetClient, Task<AcceptorSet>> decide)
    {
        try
        {
            var set = await decide(Client(context));
            return new { set.Epoch, set.Majority, members = set.Members.Select(Member), former = set.Former.Select(Member) };
        }
        catch (AcceptorChangeRefusedException refused)
        {
            throw new ProblemException(Problems.AcceptorChangeRefused(refused));
        }
        catch (OutcomeUnknownException unknown)
        {
            throw new ProblemException(Problems.AcceptorChangeUnknown(unknown));
        }
    }

    private static object Member(AcceptorMember member) => new { member.Name, incarnation = member.IsFounder ? (Guid?)null : member.Incarnation };

    private static IAcceptorSetClient Client(HttpContext context) => context.RequestServices.GetRequiredService<IAcceptorSetClient>();

    /// <summary>A change, as JSON.</summary>
    private sealed record AcceptorSetChange(ImmutableArray<string> Add, ImmutableArray<string> Remove, int PerSecond)
    {
        public AcceptorChange ToChange() => new(Add.IsDefault ? [] : Add, Remove.IsDefault ? [] : Remove, PerSecond);
    }
}
