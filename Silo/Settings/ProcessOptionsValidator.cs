using Microsoft.Extensions.Options;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reports every mistake in the options of this process.</summary>
internal sealed class ProcessOptionsValidator : IValidateOptions<ProcessOptions>
{
    private const int LongestName = 64;
    private const string AzureMembership = $"{nameof(ProcessOptions.Azure)}:{nameof(AzureOptions.Membership)}";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ProcessOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Silo is { } silo)
            CheckAcceptors(options, silo, result);
        else
            CheckProcessThatHoldsAll(options, result);
        if (options is { Membership: not null, Azure.Membership: not null })
            result.AddError($"Both Membership (--membership) and {AzureMembership} say where the silos find each other. Give one of them, the same to every silo.");
        if (!StorageKinds.TryParse(options.Storage, out _))
            result.AddError($"Storage takes one of {StorageKinds.Names}.");
        if (options.Address is { } address && (Uri.CheckHostName(address) == UriHostNameType.Unknown || address is "0.0.0.0" or "::"))
            result.AddError($"Address is '{address}'; it takes the IP address or the host name at which the other silos and clients reach this one.");
        CheckId(nameof(options.ClusterId), options.ClusterId, result);
        CheckId(nameof(options.ServiceId), options.ServiceId, result);
        return result.Build();
    }

    /// <summary>Rejects options that apply only to a process with one silo of a cluster.</summary>
    private static void CheckProcessThatHoldsAll(ProcessOptions options, ValidateOptionsResultBuilder result)
    {
        (string Key, object? Value)[] ofOneSilo =
        [
            (nameof(options.AcceptorSet), options.AcceptorSet), (nameof(options.Address), options.Address), (nameof(options.SiloPort), options.SiloPort),
            (nameof(options.GatewayPort), options.GatewayPort), (nameof(options.Membership), options.Membership), (AzureMembership, options.Azure.Membership),
        ];
        foreach (var (key, _) in ofOneSilo.Where(setting => setting.Value is not null))
            result.AddError($"{key} is for one silo of a cluster: give Silo (--silo) too, or leave it out.");
    }

    private static void CheckAcceptors(ProcessOptions options, string silo, ValidateOptionsResultBuilder result)
    {
        if (options.Acceptors is not null)
            result.AddError("Acceptors (--acceptors) numbers the acceptors of one process; a silo of a cluster takes AcceptorSet (--acceptor-set).");
        var names = options.AcceptorNames;
        if (names.IsEmpty)
            result.AddError("AcceptorSet (--acceptor-set) is missing: give the names of all acceptors of the first set, like a1,a2,a3, the same in every process.");
        foreach (var name in names.Append(silo).Distinct().Where(name => !IsFolderName(name)))
            result.AddError($"The acceptor '{name}' cannot name a folder: use letters, digits, '-', '_' and '.', not first, at most {LongestName} of them.");
    }

    private static void CheckId(string key, string id, ValidateOptionsResultBuilder result)
    {
        if (id.Length > LongestName || !id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
            result.AddError($"{key} is '{id}'; it takes letters, digits and hyphens, at most {LongestName} of them.");
    }

    private static bool IsFolderName(string name) =>
        name.Length <= LongestName && name[0] != '.' && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
