namespace Orleans.Paxos.Cli.Errors;

/// <summary>The request did not reach any server, so nothing was written.</summary>
internal sealed class NoAnswerException : Exception
{
    private NoAnswerException(string message, bool mayPass = true)
        : base(message) => MayPass = mayPass;

    /// <summary>Whether a server may answer a moment later. One that cannot be trusted will not.</summary>
    public bool MayPass { get; }

    public static NoAnswerException At(Uri server, string reason) => new(
        $"Nothing answers at {server} ({reason}). Start a silo with ./run.sh, or say where one is with --url or PAXOS_URL.");

    public static NoAnswerException Untrusted(Uri server, string reason) => new(
        $"What answers at {server} cannot be trusted ({reason}). If its certificate is from an authority of your own, name that authority's file in SSL_CERT_FILE.",
        mayPass: false);

    public static NoAnswerException AtAll(string message, bool mayPass) => new(message, mayPass);

    public static NoAnswerException NotSecure(Uri server, string reason) => new(
        $"What answers at {server} does not speak https ({reason}). If it serves http, give the address with http://.",
        mayPass: false);

    public static NoAnswerException AtGateways(IEnumerable<string> gateways, string reason) => new(
        $"No gateway answers: {string.Join(", ", gateways)} ({reason.TrimEnd('.')}). Check --gateway, --cluster-id and --service-id.");
}

/// <summary>The request was sent, but its answer was lost.</summary>
internal sealed class AnswerLostException(string reason) : Exception(reason);

/// <summary>The server's answer is not one of an Orleans.Paxos silo.</summary>
internal sealed class UnexpectedAnswerException(Uri server, string what) : Exception(
    $"What answers at {server} does not speak as a silo does: {what} Check --url.");
