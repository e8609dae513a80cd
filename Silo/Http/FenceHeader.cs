using System.Globalization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Parses the header <c>Paxos-Fence</c>, strictly: a fence that is misread would let an earlier holder of a lock write.</summary>
internal static class FenceHeader
{
    /// <summary>The header with the fence of a change.</summary>
    public const string Name = "Paxos-Fence";

    private const string Form = $"{Name} takes the name of a lock, percent-encoded as in a path (and , and ; too), and a token of 1 or more, as in 'jobs/nightly; 17'.";

    /// <summary>Parses the header.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <returns>The fence; null when the request has none.</returns>
    /// <exception cref="ProblemException">The header is malformed.</exception>
    public static Fence? Read(IHeaderDictionary headers)
    {
        if (SingleHeader.Read(headers, Name) is not { } text)
            return null;
        // A proxy may have joined two headers with a comma, so a comma or semicolon of the name itself comes as %2C or %3B.
        if (text.Contains(',') || text.Split(';', StringSplitOptions.TrimEntries) is not [var encoded, var digits] || Token(digits) is not { } token)
            throw Malformed(Form);
        var name = LockName(encoded);
        return RegisterName.Problem(name) is { } problem ? throw Malformed($"The fence's lock: {problem} {Form}") : new Fence(name, token);
    }

    private static long? Token(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var token) && token > 0 ? token : null;

    private static string LockName(string encoded)
    {
        try
        {
            return PercentEncoding.Decode(encoded);
        }
        catch (FormatException exception)
        {
            throw Malformed($"The name of the fence's lock cannot be decoded: {exception.Message}. {Form}");
        }
    }

    private static ProblemException Malformed(string detail) => new(Problems.BadHeader(Name, detail));
}
