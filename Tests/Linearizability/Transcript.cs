using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>
/// Parses the notation for histories in these tests, one line for each call:
/// <c>client invoked-returned wish => answer</c>, for example <c>1 10-14 cas b on 3 => 4:b</c>. A change is named by the value
/// that it writes, which is also its request id: <c>4:b</c> is version 4, written by the request b; <c>4:-d</c> is the tombstone of
/// the request d; <c>4:b=x</c> is an entry of b with the value x; <c>4:b/l7</c> is one with a guard, the token 7 of the lock l. <c>set b behind l7</c>
/// is a change with that fence, <c>add b 3</c> the request b to add 3. <c>4:b~</c> is a version of which the client was told that b wrote it, and no
/// more. <c>?</c> means never, or unknown.
/// </summary>
internal static partial class Transcript
{
    public static Guid Id(string request) => new(MD5.HashData(Encoding.UTF8.GetBytes(request)));

    public static ImmutableArray<Operation> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)];

    public static Observed Entry(string text)
    {
        var match = EntryForm().Match(text);
        Assert.True(match.Success, $"'{text}' is no entry.");
        var (request, deleted) = (match.Groups["request"].Value, match.Groups["deleted"].Success);
        var value = deleted ? "" : match.Groups["value"] is { Success: true } other ? other.Value : request;
        return new Observed(Number(match.Groups["version"]), Id(request), deleted, value)
        {
            Guard = ReadFence(match.Groups["guard"]),
            IsTold = match.Groups["told"].Success,
        };
    }

    private static Operation ReadLine(string line)
    {
        var match = LineForm().Match(line);
        Assert.True(match.Success, $"'{line}' is no call.");
        var (kind, request) = (Kind(match.Groups["kind"].Value), match.Groups["request"].Value);
        var (answer, entries, compacted) = ReadAnswer(match.Groups["answer"].Value.Trim(), kind);
        return new Operation
        {
            Client = (int)Number(match.Groups["client"]),
            Register = match.Groups["register"] is { Success: true } register ? register.Value : "r",
            Kind = kind,
            RequestId = request.Length == 0 ? Guid.Empty : Id(request),
            Value = match.Groups["amount"] is { Success: true } amount ? amount.Value : kind == OperationKind.Delete ? "" : request,
            ExpectedVersion = match.Groups["expected"] is { Success: true } expected ? Number(expected) : null,
            Fence = ReadFence(match.Groups["fence"]),
            After = match.Groups["after"] is { Success: true } after ? Number(after) : 0,
            Invoked = Number(match.Groups["invoked"]),
            Returned = match.Groups["returned"].Value == "?" ? null : Number(match.Groups["returned"]),
            Answer = answer,
            Entries = entries,
            CompactedThrough = compacted,
        };
    }

    private static (Answer Answer, ImmutableArray<Observed> Entries, long Compacted) ReadAnswer(string text, OperationKind kind)
    {
        if (text is "?" or "unavailable")
            return (text == "?" ? Answer.Unknown : Answer.Unavailable, [], 0);
        var words = text.Split(' ');
        var named = words[0] switch
        {
            "mismatch" => Answer.VersionMismatch,
            "decided" => Answer.AlreadyDecided,
            "nothing" => Answer.NotFound,
            "fenced" => Answer.Fenced,
            "nonumber" => Answer.NotACounter,
            _ => (Answer?)null,
        };
        var compacted = words.FirstOrDefault(word => word.StartsWith('<'));
        var answer = named ?? (kind < OperationKind.Read ? Answer.Applied : Answer.Seen);
        return (answer, [.. words.Where(word => word.Contains(':')).Select(Entry)], compacted is null ? 0 : long.Parse(compacted[1..], CultureInfo.InvariantCulture));
    }

    private static OperationKind Kind(string word) => word switch
    {
        "cas" => OperationKind.CompareAndSet,
        "stale" => OperationKind.StaleRead,
        _ => Enum.Parse<OperationKind>(word, ignoreCase: true),
    };

    private static Fence? ReadFence(Group group) => group.Success ? new Fence(group.Value[..1], long.Parse(group.ValueSpan[1..], CultureInfo.InvariantCulture)) : null;

    private static long Number(Group group) => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<version>-?\d+):(?<deleted>-)?(?<request>\w+)(=(?<value>-?\w+))?(?<told>~)?(/(?<guard>[a-z]\d+))?$")]
    private static partial Regex EntryForm();

    [GeneratedRegex(@"^(?<client>\d+)\s+((?<register>[a-z]+)\s+)?(?<invoked>\d+)-(?<returned>\d+|\?)\s+(?<kind>set|cas|decide|delete|add|read|stale|history|watch)(\s+after (?<after>\d+))?(\s+(?!on\b)(?<request>\w+))?(\s+(?<amount>-?\d+))?(\s+on (?<expected>\d+))?(\s+behind (?<fence>[a-z]\d+))?\s+=>(?<answer>.*)$")]
    private static partial Regex LineForm();
}
