using System.Net;
using System.Net.Http.Headers;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Registers over the HTTP interface of one silo.</summary>
internal sealed partial class HttpRegisterClient(HttpClient http, RegisterAddress address, HttpTiming timing, Action<string> notice) : IRegisterClient
{
    private const string Json = "application/json";

    /// <inheritdoc/>
    public async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.Register(name, consistency));
        var answer = await AskAsync(request, cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.OK => Entry(answer),
            HttpStatusCode.NotFound when answer.IsProblemOf(Problem.NotFound) => Entry(answer),
            _ => throw HttpProblems.ToException(answer),
        };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.History(name));
        var answer = await AskAsync(request, cancellationToken);
        if (answer.IsProblemOf(Problem.NotFound))
            return [];
        return answer.IsSuccess
            ? [.. answer.Read(WireJson.Relaxed.EnvelopeArray).Select(envelope => Written(answer, Entry(answer, envelope)))]
            : throw HttpProblems.ToException(answer);
    }

    /// <inheritdoc/>
    public async Task<NamePage> ListPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        RegisterName.ValidatePrefix(prefix);
        using var request = Request(HttpMethod.Get, address.List(prefix, after, limit));
        var answer = await AskAsync(request, cancellationToken);
        return answer.IsSuccess
            ? new NamePage([.. answer.Read(WireJson.Relaxed.StringArray)], answer.HasNextPage)
            : throw HttpProblems.ToException(answer);
    }

    /// <inheritdoc/>
    public async Task<EntryPage> ListEntriesPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        RegisterName.ValidatePrefix(prefix);
        using var request = Request(HttpMethod.Get, address.List(prefix, after, limit, values: true));
        var answer = await AskAsync(request, cancellationToken);
        if (!answer.IsSuccess)
            throw HttpProblems.ToException(answer);
        var envelopes = answer.Read(WireJson.Relaxed.EnvelopeArray);
        return new EntryPage(
            [.. envelopes.Select(envelope => new NamedEntry(envelope.Name, Written(answer, Entry(answer, envelope))))], answer.HasNextPage);
    }

    /// <inheritdoc/>
    public async Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken) =>
        (await StatusReportAsync(cancellationToken)).ToStatus();

    /// <summary>The cluster's status as the silo reports it.</summary>
    public async Task<StatusReport> StatusReportAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.Status);
        var answer = await AskAsync(request, cancellationToken);
        return answer.IsSuccess ? answer.Read(WireJson.Relaxed.StatusReport) : throw HttpProblems.ToException(answer);
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        return request;
    }

    /// <summary>The entry in an answer: an envelope, or the members of a problem.</summary>
    private static RegisterEntry? Entry(HttpAnswer answer) => Entry(answer, answer.Read(WireJson.Relaxed.Envelope));

    private static RegisterEntry? Entry(HttpAnswer answer, Envelope envelope)
    {
        try
        {
            return envelope.ToEntry();
        }
        catch (FormatException exception)
        {
            throw answer.Unexpected($"a value cannot be decoded ({exception.Message})");
        }
    }

    private static RegisterEntry Written(HttpAnswer answer, RegisterEntry? entry) =>
        entry ?? throw answer.Unexpected("an entry has no version.");
}
