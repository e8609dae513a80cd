using System.Net;
using System.Net.Http.Headers;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Registers over the HTTP interface of one silo.</summary>
/// <param name="http">The client, with the key if the silo wants one; it is disposed with this.</param>
/// <param name="certificate">The check of the silo's certificate, which the client uses.</param>
/// <param name="address">Where things are at the silo.</param>
/// <param name="timing">How long to wait.</param>
/// <param name="live">Notices that the silo hangs while it is watched; null if there is no other silo to go to.</param>
internal sealed partial class HttpRegisterClient(
    HttpClient http, CertificateCheck certificate, RegisterAddress address, HttpTiming timing, LiveMonitor? live) : IDisposable
{
    private const string Json = "application/json";

    /// <summary>The silo's address.</summary>
    public Uri Server => address.Server;

    /// <summary>Whether the silo fell silent while it was watched, and has answered nothing since.</summary>
    public bool IsSilent => live?.IsSilent ?? false;

    /// <summary>Reads the newest entry; null for a register that was never written, or was forgotten.</summary>
    public async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.Register(name, consistency));
        var answer = await AskAsync(request, cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.OK => Entry(answer, name),
            HttpStatusCode.NotFound when answer.IsProblemOf(Problem.NotFound) => Entry(answer, name),
            _ => throw HttpProblems.ToException(answer),
        };
    }

    /// <summary>Reads the history, oldest first; empty for a register that was never written, or was forgotten.</summary>
    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.History(name));
        var answer = await AskAsync(request, cancellationToken);
        if (answer.IsProblemOf(Problem.NotFound))
            return [];
        return answer.IsSuccess
            ? [.. answer.Read(WireJson.Relaxed.EnvelopeArray).Select(envelope => Written(answer, Entry(answer, name, envelope)))]
            : throw HttpProblems.ToException(answer);
    }

    /// <summary>Lists names that have a value.</summary>
    public async Task<NamePage> ListPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        var answer = await AskListAsync(address.List(prefix, after, limit), prefix, cancellationToken);
        var names = answer.Read(WireJson.Relaxed.StringArray);
        EnsureAsked(answer, prefix, names);
        return new NamePage([.. names], answer.HasNextPage);
    }

    /// <summary>Lists registers that have a value, with their newest entries.</summary>
    public async Task<EntryPage> ListEntriesPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        var answer = await AskListAsync(address.List(prefix, after, limit, values: true), prefix, cancellationToken);
        var envelopes = answer.Read(WireJson.Relaxed.EnvelopeArray);
        EnsureAsked(answer, prefix, envelopes.Select(envelope => envelope.Name));
        return new EntryPage(
            [.. envelopes.Select(each => new NamedEntry(each.Name!, Written(answer, Entry(answer, each.Name!, each))))], answer.HasNextPage);
    }

    /// <summary>The cluster's status as the silo reports it.</summary>
    public async Task<StatusReport> StatusReportAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.Status);
        var answer = await AskAsync(request, cancellationToken);
        return answer.Successful().Read(WireJson.Relaxed.StatusReport);
    }

    /// <summary>Notes that the silo has answered.</summary>
    public void Answered() => live?.Answered();

    public void Dispose() => http.Dispose();

    private async Task<HttpAnswer> AskListAsync(Uri list, string prefix, CancellationToken cancellationToken)
    {
        RegisterName.ValidatePrefix(prefix);
        using var request = Request(HttpMethod.Get, list);
        var answer = await AskAsync(request, cancellationToken);
        return answer.Successful();
    }

    private static void EnsureAsked(HttpAnswer answer, string prefix, IEnumerable<string?> names)
    {
        foreach (var name in names)
        {
            if (name?.StartsWith(prefix, StringComparison.Ordinal) != true)
                throw answer.Unexpected($"asked for names that start with '{prefix}', it answered '{name}'.");
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        return request;
    }

    /// <summary>The entry in an answer: an envelope, or the members of a problem.</summary>
    private static RegisterEntry? Entry(HttpAnswer answer, string name) => Entry(answer, name, answer.Read(WireJson.Relaxed.Envelope));

    private static RegisterEntry? Entry(HttpAnswer answer, string name, Envelope envelope)
    {
        try
        {
            return envelope.ToEntryOf(name);
        }
        catch (FormatException exception)
        {
            throw answer.Unexpected(exception.Message);
        }
    }

    private static RegisterEntry Written(HttpAnswer answer, RegisterEntry? entry) =>
        entry ?? throw answer.Unexpected("an entry has no version.");
}
