using Microsoft.Extensions.Options;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Names every mistake in the lists of the section <c>Paxos:Http</c>. No message has a key in it, right, wrong or in the wrong list.</summary>
internal sealed class HttpAccessOptionsValidator : IValidateOptions<HttpAccessOptions>
{
    private const string Section = $"{SettingsReader.Section}:{nameof(ProcessOptions.Http)}";
    private const int LeastCharacters = 16;
    private const int MostCharacters = 512;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpAccessOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        var pathOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, key) in Entries(nameof(options.ReadWriteKeys), options.ReadWriteKeys).Concat(Entries(nameof(options.ReadKeys), options.ReadKeys)))
        {
            if (key.Length is < LeastCharacters or > MostCharacters || !key.All(character => character is > ' ' and <= '~'))
                result.AddError($"{path} is no key: a key has {LeastCharacters} to {MostCharacters} visible ASCII characters and no spaces. 'openssl rand -hex 32' makes a good one.");
            else if (!pathOf.TryAdd(key, path))
                result.AddError($"{path} is the same key as {pathOf[key]}. Each key stands once: remove one of them.");
        }

        foreach (var (path, origin) in Entries(nameof(options.AllowedOrigins), options.AllowedOrigins))
        {
            if (!IsOrigin(origin))
                result.AddError($"{path} is no origin: it takes http:// or https:// and a host, with a port if it is not the usual one, in lower case and without a path, as a browser sends it: https://console.example. There is no '*' for all.");
        }

        return result.Build();
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https", HostNameType: UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 }
        && text == AsBrowsersSendIt(uri);

    private static string AsBrowsersSendIt(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost : uri.Host;
        return uri.IsDefaultPort ? $"{uri.Scheme}://{host}" : $"{uri.Scheme}://{host}:{uri.Port}";
    }

    private static IEnumerable<(string Path, string Value)> Entries(string list, Dictionary<string, string> entries) =>
        entries.Select(entry => ($"{Section}:{list}:{entry.Key}", entry.Value));
}
