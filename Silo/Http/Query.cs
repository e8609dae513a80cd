using System.Globalization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The query of a request, decoded as strictly as its path.</summary>
internal sealed class Query
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private Query(HttpRequest request)
    {
        var text = request.QueryString.Value ?? "";
        foreach (var part in text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            if (!_parameters.TryAdd(name, equals < 0 ? "" : Decode(part[(equals + 1)..])))
                throw new ProblemException(Problems.BadQuery($"The parameter '{name}' stands twice. Send it once."));
        }
    }

    /// <summary>The query of a request, which is parsed when it is first asked for.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">The query does not decode to UTF-8, or a parameter occurs twice.</exception>
    public static Query Of(HttpContext context)
    {
        if (context.Features.Get<Query>() is { } parsed)
            return parsed;
        var query = new Query(context.Request);
        context.Features.Set(query);
        return query;
    }

    /// <summary>Refuses every other parameter.</summary>
    /// <param name="names">The parameters that there are.</param>
    /// <exception cref="ProblemException">There is another one.</exception>
    public void EnsureOnly(IReadOnlyCollection<string> names)
    {
        if (_parameters.Keys.FirstOrDefault(name => !names.Contains(name)) is not { } unknown)
            return;
        var taken = names.Count == 0 ? "no parameters" : string.Join(", ", names);
        throw new ProblemException(Problems.BadQuery($"There is no parameter '{unknown}' here: this path takes {taken} with this method."));
    }

    /// <summary>A parameter's text; empty when it is not there.</summary>
    /// <param name="name">The parameter.</param>
    public string Text(string name) => _parameters.GetValueOrDefault(name, "");

    /// <summary>Gets a parameter that is a whole number.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="fallback">The number to use when the parameter is missing.</param>
    /// <param name="least">The minimum.</param>
    /// <param name="most">The maximum.</param>
    /// <returns>The number.</returns>
    public long Number(string name, long fallback, long least, long most)
    {
        if (!_parameters.TryGetValue(name, out var text))
            return fallback;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        throw new ProblemException(Problems.BadQuery($"The parameter '{name}' takes a whole number, from {least} to {most}."));
    }

    /// <summary>Gets a parameter that is a number to add to a counter. It has to be there.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>The number.</returns>
    public long Amount(string name)
    {
        if (long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -CounterValue.Largest and <= CounterValue.Largest)
            return number;
        throw new ProblemException(Problems.BadQuery($"The parameter '{name}' takes the whole number to add, from {-CounterValue.Largest} to {CounterValue.Largest}."));
    }

    /// <summary>Gets a parameter that is a number of seconds, perhaps with decimals.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="fallback">The number to use when the parameter is missing.</param>
    /// <param name="most">The maximum; the minimum is 0.</param>
    /// <returns>The number.</returns>
    public double Decimal(string name, double fallback, double most)
    {
        if (!_parameters.TryGetValue(name, out var text))
            return fallback;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= most)
            return number;
        throw new ProblemException(Problems.BadQuery($"The parameter '{name}' takes a number of seconds, from 0 to {most}."));
    }

    /// <summary>Gets a parameter that says how far a watcher has seen; nothing when it is not there.</summary>
    /// <param name="name">The parameter.</param>
    /// <returns>The point.</returns>
    public WatchPoint Point(string name)
    {
        if (!_parameters.TryGetValue(name, out var text))
            return default;
        return WatchPoint.TryParse(text, out var point)
            ? point
            : throw new ProblemException(Problems.BadQuery($"The parameter '{name}' takes the id of an event of this watch, or a version, 0 or more."));
    }

    /// <summary>A parameter that is true or false; false when it is not there.</summary>
    /// <param name="name">The parameter.</param>
    public bool Flag(string name) => _parameters.GetValueOrDefault(name, "false") switch
    {
        "true" => true,
        "false" => false,
        _ => throw new ProblemException(Problems.BadQuery($"The parameter '{name}' takes true or false (the default).")),
    };

    /// <summary>The parameter <c>consistency</c>.</summary>
    public ReadConsistency Consistency() => _parameters.GetValueOrDefault("consistency", "linearizable") switch
    {
        "linearizable" => ReadConsistency.Linearizable,
        "stale" => ReadConsistency.Stale,
        _ => throw new ProblemException(Problems.BadQuery("The parameter 'consistency' takes linearizable (the default) or stale.")),
    };

    private static string Decode(string encoded)
    {
        try
        {
            return PercentEncoding.Decode(encoded.Replace('+', ' '));
        }
        catch (FormatException exception)
        {
            throw new ProblemException(Problems.BadQuery($"The query of the request cannot be decoded: {exception.Message}."));
        }
    }
}
