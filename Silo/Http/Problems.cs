namespace Orleans.Paxos.Silo.Http;

/// <summary>Every error that the HTTP interface answers with.</summary>
internal static class Problems
{
    public static Problem BadRequest(string type, string title, string detail) =>
        new(StatusCodes.Status400BadRequest, type, title, detail + " Nothing was written.");

    public static Problem BadName(string detail) => BadRequest("bad-name", "Bad register name", detail);

    public static Problem BadHeader(string header, string detail) => BadRequest("bad-header", $"Bad {header} header", detail);

    public static Problem BadQuery(string detail) => BadRequest("bad-query", "Bad query parameter", detail);

    public static Problem ForeignHost(string host) =>
        new(StatusCodes.Status421MisdirectedRequest, "foreign-host", "Not the host of this silo",
            $"This silo has no keys, so it serves requests only that address this machine as localhost, a name below it, 127.0.0.1 or [::1], and not as '{host}'. "
            + "Use one of these, or give the silo a key (Paxos:Http:ReadWriteKeys). Nothing was read or written.");

    public static Problem ForeignOrigin() =>
        new(StatusCodes.Status403Forbidden, "foreign-origin", "Not an allowed origin",
            "This silo has no keys, so it serves no web pages of other origins. "
            + "If this page may read and write every register, add its origin to Paxos:Http:AllowedOrigins. Nothing was read or written.");

    public static Problem Unauthorized(string reason) =>
        new(StatusCodes.Status401Unauthorized, "unauthorized", "A key is needed",
            $"{reason} Send one as 'Authorization: Bearer KEY'. Nothing was read or written.");

    public static Problem ReadOnlyKey(string method) =>
        new(StatusCodes.Status403Forbidden, "read-only-key", "The key may only read",
            $"The key is one of this silo's, and for reading only: {method} takes a read-write key. Nothing was written.");

    public static Problem NotFound(string name, RegisterEntry? tombstone) =>
        new(StatusCodes.Status404NotFound, "not-found", "No value",
            tombstone is null
                ? $"The register '{name}' has no value: it was never written, or was deleted and forgotten."
                : $"The register '{name}' was deleted by version {tombstone.Version}.")
        {
            Members = Envelope.Of(name, tombstone).Members(),
        };

    public static Problem ConditionFailed(string name, RegisterEntry? current, string reason) =>
        new(StatusCodes.Status412PreconditionFailed, "condition-failed", "Condition not met",
            $"{reason} Nothing was written; the current entry is in this answer.")
        {
            Members = Envelope.Of(name, current).Members(),
        };

    public static Problem Fenced(string name, RegisterEntry current, Fence guard, Fence fence) =>
        new(StatusCodes.Status412PreconditionFailed, "fenced", "Refused by a fence",
            (fence.Lock == guard.Lock
                ? $"The register has seen token {guard.Token} of lock '{guard.Lock}', and this change has the earlier token {fence.Token}: whoever sent it has lost the lock."
                : $"The register is fenced by lock '{guard.Lock}', and this change has a fence of lock '{fence.Lock}'. A DELETE without a fence takes the guard away.")
            + " Nothing was written; the current entry is in this answer.")
        {
            Members = Envelope.Of(name, current).Members(),
        };

    public static Problem NotACounter(string name, RegisterEntry? current) =>
        new(StatusCodes.Status409Conflict, "not-a-counter", "Not a counter",
            $"The register's value is not a whole number from {-CounterValue.Largest} to {CounterValue.Largest} in decimal digits, so nothing can be added to it. "
            + "Nothing was written; the current entry is in this answer. PUT a number, or DELETE it to count from 0.")
        {
            Members = Envelope.Of(name, current).Members(),
        };

    public static Problem KeyReused(string name, ChangeOutcome outcome) =>
        new(StatusCodes.Status422UnprocessableEntity, "key-reused", "Idempotency-Key used before",
            $"A different change with this Idempotency-Key wrote version {outcome.WrittenVersion}. Nothing was written now; send a new key with a new change.")
        {
            Members = (outcome.Entry is { } entry ? Envelope.Of(name, entry) : Envelope.OfLeft(name, outcome.WrittenVersion!.Value)).Members(),
        };

    public static Problem TooLarge(RegisterValueTooLargeException exception) =>
        new(StatusCodes.Status413PayloadTooLarge, "value-too-large", "Value too large", $"{exception.Message} Nothing was written.")
        {
            Members = Fields(("sizeBytes", exception.SizeBytes), ("limitBytes", exception.LimitBytes)),
        };

    public static Problem UnsupportedEncoding(string coding) =>
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-encoding", "Content-Encoding is not supported",
            $"The body is encoded as '{coding}', and a register keeps bytes without their encoding. Send the value as it is, without Content-Encoding. Nothing was written.");

    public static Problem Unavailable(QuorumUnavailableException exception) =>
        new(StatusCodes.Status503ServiceUnavailable, "quorum-unavailable", "No majority of acceptors answered", exception.Message)
        {
            Members = Fields(("answered", exception.Answered), ("needed", exception.Needed)),
        };

    public static Problem Unknown(OutcomeUnknownException exception) =>
        new(StatusCodes.Status504GatewayTimeout, "outcome-unknown", "The change may or may not have happened",
            $"{exception.Message} Over HTTP these are the headers Idempotency-Key and Paxos-Floor.")
        {
            Members = Fields(("requestId", exception.RequestId), ("floor", exception.Floor)),
        };

    public static Problem SetMismatch(AcceptorSetMismatchException exception) =>
        new(StatusCodes.Status500InternalServerError, "acceptor-set-mismatch", "The acceptor sets differ", exception.Message)
        {
            Members = Fields(("own", exception.Own), ("other", exception.Other)),
        };

    public static Problem AcceptorChangeRefused(AcceptorChangeRefusedException exception) =>
        new(StatusCodes.Status409Conflict, "acceptor-change-refused", "The acceptor set was not changed", exception.Message);

    public static Problem AcceptorChangeUnknown(OutcomeUnknownException exception) =>
        new(StatusCodes.Status504GatewayTimeout, "acceptor-change-unknown", "The acceptor set may or may not be changed", exception.Message);

    public static Problem TooManyAnswers(long budgetBytes) =>
        new(StatusCodes.Status503ServiceUnavailable, "too-many-answers", "Too many answers are under way",
            $"Answers that are still being read take the {budgetBytes} bytes of memory that this silo has for them (half of Paxos:Http:AnswerMemoryBytes). Nothing was read or written. Try again in a moment, or ask another silo.")
        {
            Members = Fields(("budgetBytes", budgetBytes)),
        };

    public static Problem NotReady(string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, "not-ready", "Not ready", detail);

    public static Problem Stopping() =>
        new(StatusCodes.Status504GatewayTimeout, "stopping", "The silo is stopping",
            "The silo stopped before it had the answer. A change may or may not have happened: read the register through another silo.");

    public static Problem NoSuchPath(string path) =>
        new(StatusCodes.Status404NotFound, "no-such-path", "No such path",
            $"There is nothing at '{path}'. Registers are at /v1/registers/NAME; GET / lists every path.");

    public static Problem MethodNotAllowed(string method, string allowed) =>
        new(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "Method not allowed",
            $"{method} is not a method of this path. It takes: {allowed}.");

    public static Problem NotHttp(BadHttpRequestException exception) =>
        new(exception.StatusCode, "bad-request", "Bad request", $"{exception.Message} Nothing was written.");

    public static Problem Unexpected() =>
        new(StatusCodes.Status500InternalServerError, "unexpected", "Unexpected error",
            "The silo met an error that it has no answer for; its log tells more. A change may or may not have happened: read the register.");

    private static Dictionary<string, object?> Fields(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var members = new Dictionary<string, object?>(fields.Length);
        foreach (var (name, value) in fields)
            members.Add(name, value);
        return members;
    }
}
