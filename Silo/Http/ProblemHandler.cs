namespace Orleans.Paxos.Silo.Http;

/// <summary>Middleware that turns exceptions into problem responses.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="lifetime">Tells when the host is stopping.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ProblemHandler(RequestDelegate next, IHostApplicationLifetime lifetime, ILogger<ProblemHandler> logger)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    /// <param name="context">The request.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            RequestTarget.Apply(context);
            await next(context);
            if (!context.Response.HasStarted && Unrouted(context) is { } unrouted)
                await context.Response.WriteProblemAsync(unrouted);
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var isGone = context.RequestAborted.IsCancellationRequested;
        var problem = ProblemOf(exception);
        if (!isGone && problem.Type == "unexpected")
            LogUnexpected(exception, context.Request.Method, context.Request.Path);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        // Without this header, the server would look for the next request in the unread rest of this one. It honors the header only when a response has started.
        if (isGone || exception is BadHttpRequestException)
            context.Response.Headers.Connection = "close";
        await (isGone ? context.Response.StartAsync() : context.Response.WriteProblemAsync(problem));
    }

    private Problem ProblemOf(Exception exception) => exception switch
    {
        ProblemException problem => problem.Problem,
        RegisterValueTooLargeException tooLarge => Problems.TooLarge(tooLarge),
        QuorumUnavailableException unavailable => Problems.Unavailable(unavailable),
        OutcomeUnknownException unknown => Problems.Unknown(unknown),
        AcceptorSetMismatchException mismatch => Problems.SetMismatch(mismatch),
        BadHttpRequestException notHttp => Problems.NotHttp(notHttp),
        ArgumentException argument => Problems.BadRequest("bad-argument", "Bad argument", WithoutParameter(argument)),
        OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested => Problems.Stopping(),
        _ => Problems.Unexpected(),
    };

    private static Problem? Unrouted(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status405MethodNotAllowed => Problems.MethodNotAllowed(context.Request.Method, context.Response.Headers.Allow.ToString()),
        _ when context.GetEndpoint() is null => Problems.NoSuchPath(context.Request.Path),
        _ => null,
    };

    private static string WithoutParameter(ArgumentException exception) =>
        exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);
}
