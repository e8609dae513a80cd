using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>What the paths of sessions, locks and elections have in common.</summary>
internal static class CoordinationPath
{
    /// <summary>The longest a request may wait for a lock, in seconds.</summary>
    private const int LongestWaitSeconds = 60;

    /// <summary>Says of failures what they mean here.</summary>
    /// <param name="handle">Answers a request.</param>
    public static RequestDelegate Coordinates(this Func<HttpContext, Task> handle) => async context =>
    {
        try
        {
            await handle(context);
        }
        catch (OutcomeUnknownException unknown)
        {
            throw new ProblemException(CoordinationProblems.Unknown(unknown));
        }
        catch (LockKindException exception)
        {
            throw new ProblemException(CoordinationProblems.LockKind(exception));
        }
        catch (SessionLostException lost)
        {
            throw new ProblemException(CoordinationProblems.SessionLost(lost.Session));
        }
    };

    /// <summary>What sessions and locks are made of.</summary>
    public static CoordinationParts Coordination(this HttpContext context) => context.RequestServices.GetRequiredService<CoordinationParts>();

    /// <summary>Gets the name of a lock or an election from the path of a request.</summary>
    /// <exception cref="ProblemException">The name is not valid.</exception>
    public static string LockNameAfter(this HttpContext context, string prefix)
    {
        var name = context.RegisterNameAfter(prefix);
        return RegisterName.Problem(ReservedNames.OfLock(name), mayBeReserved: true) is null
            ? name
            : throw new ProblemException(Problems.BadName($"The name of a lock has at most {ReservedNames.MostLockNameBytes} bytes of UTF-8."));
    }

    /// <summary>Acquires a lock for the session of a caller.</summary>
    /// <param name="context">The request, with the session and the time to wait.</param>
    /// <param name="name">The lock's name.</param>
    /// <param name="bid">What is wanted in a session.</param>
    /// <returns>What was granted.</returns>
    /// <exception cref="ProblemException">It was not granted.</exception>
    public static async Task<Grant> AcquireAsync(this HttpContext context, string name, Func<ForeignSession, Bid> bid)
    {
        var query = Query.Of(context);
        var wait = TimeSpan.FromSeconds(query.Decimal("wait", fallback: 0, LongestWaitSeconds));
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);

        var parts = context.Coordination();
        await using var session = await ForeignSession.FindAsync(parts, query.Session(), mayWait: wait > TimeSpan.Zero, ended.Token);
        if (await new Contender(parts, name, bid(session), session).AcquireAsync(wait, ended.Token) is { } granted)
            return granted;
        throw new ProblemException(session.MayStillGet
            ? CoordinationProblems.MayStillGet(name, session.Id)
            : CoordinationProblems.LockHeld(name, LockValue.Of(await Locks(context).ReadAsync(name, ended.Token))));
    }

    /// <summary>Finds what the session of a request holds.</summary>
    /// <returns>The grant; it names the token that the request asks for, if it asks for one.</returns>
    /// <exception cref="ProblemException">The session does not hold the lock, or not under this token.</exception>
    public static async Task<Grant> HeldAsync(this HttpContext context, string name, Func<LockKind, bool> isOfKind)
    {
        var query = Query.Of(context);
        var session = query.Session();
        var token = query.Number("token", fallback: 0, 1, long.MaxValue);
        var entry = await Locks(context).ReadAsync(name, context.RequestAborted);
        var value = LockValue.Of(entry);
        return isOfKind(value.Kind) && value.HolderOf(session) is { } holder && (token == 0 || token == holder.Token)
            ? new Grant(holder.Token, entry!)
            : throw new ProblemException(CoordinationProblems.NotHeld(name, session));
    }

    /// <summary>Reads a lock, without those whose sessions have ended.</summary>
    public static async Task<LockValue> HoldersAsync(this HttpContext context, string name)
    {
        await context.ReserveAnswerAsync(context.RequestServices.GetRequiredService<HttpOptions>().MaxValueBytes);
        var locks = Locks(context);
        var value = LockValue.Of(await locks.ReadAsync(name, context.RequestAborted));
        var gone = await locks.GoneAsync(value, context.RequestAborted);
        return value.Without(gone.Contains);
    }

    /// <summary>The parameter <c>session</c>.</summary>
    /// <exception cref="ProblemException">It is not there, or no id.</exception>
    public static Guid Session(this Query query) => SessionId.Parse(query.Text("session"))
        ?? throw new ProblemException(Problems.BadQuery("The parameter 'session' takes the id of a session, as POST /v1/sessions gave it."));

    private static LockRegisters Locks(HttpContext context) => context.Coordination().Locks;
}
