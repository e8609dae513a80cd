using System.Net;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Converts the problems of the HTTP interface to the exceptions that they represent.</summary>
internal static class HttpProblems
{
    /// <summary>The answer itself, if it is no problem.</summary>
    public static HttpAnswer Successful(this HttpAnswer answer) => answer.IsSuccess ? answer : throw ToException(answer);

    public static Exception ToException(HttpAnswer answer)
    {
        var answered = $"The silo answered {(int)answer.Status}";
        if (!answer.IsProblem && answer.Status >= HttpStatusCode.InternalServerError)
            return new AnswerLostException($"{answered}, and not as a silo does.");
        if (!answer.IsProblem)
            return answer.Unexpected($"it answered {(int)answer.Status} without problem details.");
        var problem = answer.Problem();
        return (answer.Status, problem) switch
        {
            (HttpStatusCode.RequestEntityTooLarge, { SizeBytes: { } size, LimitBytes: { } limit }) =>
                new RegisterValueTooLargeException(size, limit),
            (HttpStatusCode.Unauthorized, _) =>
                new UsageException(problem.Text, $"Put one of the silo's keys into {AccessKey.Variable}, or into a file for --key-file."),
            (HttpStatusCode.Forbidden, _) =>
                new UsageException(problem.Text, $"Give one with {AccessKey.Variable} or --key-file."),
            (_, { Type: Problem.AcceptorChangeRefused }) => new AcceptorChangeRefusedException(problem.Text),
            (_, { Type: Problem.AcceptorChangeUnknown }) => new OutcomeUnknownException(problem.Text, null),
            (HttpStatusCode.ServiceUnavailable, { Answered: { } acceptors, Needed: { } needed }) =>
                needed > 0 ? new QuorumUnavailableException([.. acceptors], needed) : new QuorumUnavailableException("The silo reached no proposer in time.", null),
            (HttpStatusCode.GatewayTimeout, { RequestId: { } requestId }) =>
                new OutcomeUnknownException(requestId, problem.Floor ?? 0, "The silo does not know how the change ended."),
            (HttpStatusCode.InternalServerError, { Own: { } own, Other: { } other }) =>
                new AcceptorSetMismatchException(own, other),
            ( >= HttpStatusCode.InternalServerError, _) => new AnswerLostException($"{answered}: {problem.Text}"),
            _ => new ArgumentException(problem.Text),
        };
    }
}
