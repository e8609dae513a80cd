using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Tests.World;

/// <summary>Calls about one register: batches of one, whose failure is thrown.</summary>
internal static class SingleCalls
{
    public static Task<PrepareReply> PrepareAsync(this Acceptor acceptor, PrepareRequest request) => OneAsync(request, acceptor.PrepareAsync);

    public static Task<AcceptReply> AcceptAsync(this Acceptor acceptor, AcceptRequest request) => OneAsync(request, acceptor.AcceptAsync);

    public static Task<ReadReply> ReadAsync(this Acceptor acceptor, ReadRequest request) => OneAsync(request, acceptor.ReadAsync);

    private static async Task<TReply> OneAsync<TRequest, TReply>(TRequest request, Func<Batch<TRequest>, Action<Exception>, Task<Batch<TReply?>>> call)
        where TReply : class
    {
        Exception? failure = null;
        return (await call(new Batch<TRequest>([request]), reason => failure = reason)).Items[0] ?? throw failure!;
    }
}
