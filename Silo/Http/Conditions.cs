using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The condition in an <c>If-Match</c> or <c>If-None-Match</c> header.</summary>
/// <param name="Any">Whether the header is <c>*</c>, which any existing value matches.</param>
/// <param name="Version">The version in the entity tag; null when there is no tag.</param>
internal readonly record struct Condition(bool Any, long? Version)
{
    /// <summary>Whether the request has the header.</summary>
    public bool Given => Any || Version is not null;
}

/// <summary>The conditions of a change, read strictly: a condition that is misread would overwrite.</summary>
/// <param name="IfMatch">The version that has to be there.</param>
/// <param name="IfNoneMatch">The version that must not be there.</param>
internal readonly record struct Conditions(Condition IfMatch, Condition IfNoneMatch)
{
    /// <summary>Reads the conditions of a request.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <returns>The conditions. Most requests have none.</returns>
    /// <exception cref="ProblemException">A header is malformed, or both headers are present.</exception>
    public static Conditions Read(IHeaderDictionary headers)
    {
        var conditions = new Conditions(
            Read(HeaderNames.IfMatch, headers.IfMatch),
            Read(HeaderNames.IfNoneMatch, headers.IfNoneMatch));
        if (conditions.IfMatch.Given && conditions.IfNoneMatch.Given)
        {
            throw new ProblemException(Problems.BadHeader(HeaderNames.IfMatch,
                "If-Match and If-None-Match exclude each other here. Send one of them."));
        }

        return conditions;
    }

    private static Condition Read(string header, StringValues values)
    {
        if (values.Count == 0)
            return default;
        var text = values.Count == 1 ? values[0]!.Trim() : values.ToString();
        if (text == "*")
            return new Condition(Any: true, null);
        if (EntityTag.Version(text) is { } version)
            return new Condition(Any: false, version);
        throw new ProblemException(Problems.BadHeader(header, Explain(header, text)));
    }

    private static string Explain(string header, string text)
    {
        const string Form = "one version in double quotes, as ETag gives it (\"7\"), or *";
        if (text.StartsWith("W/", StringComparison.OrdinalIgnoreCase))
            return $"{header} has a weak tag. Versions are exact: send {Form}.";
        if (text.Contains(','))
            return $"{header} has more than one tag. A register has one version at a time: send {Form}.";
        return $"{header} is not understood. Send {Form}.";
    }
}
