using Microsoft.Extensions.Options;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reads the section <c>Paxos</c> of the configuration and reports every mistake in it.</summary>
internal static class SettingsReader
{
    /// <summary>The section's name.</summary>
    public const string Section = "Paxos";

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsException">The settings are not valid. The exception names every mistake.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        var (options, paxos) = (new ProcessOptions(), new PaxosOptions());
        new SectionBinder(mistakes).Bind(configuration.GetSection(Section), options, paxos);
        paxos.Acceptors = [.. options.AcceptorNames];
        var listen = ListenSettings.Read(configuration.GetSection(ServerEndpoints.Section), options, mistakes);
        Validate(new ProcessOptionsValidator(), options, mistakes);
        Validate(new PaxosOptionsValidator(), paxos, mistakes);
        Validate(new HttpAccessOptionsValidator(), options.Http, mistakes);
        Validate(new AzureOptionsValidator(), options, mistakes);
        return mistakes.Count == 0 ? Settings(options, paxos, listen) : throw new SettingsException(mistakes);
    }

    private static void Validate<T>(IValidateOptions<T> validator, T options, List<string> mistakes) where T : class =>
        mistakes.AddRange(validator.Validate(Options.DefaultName, options).Failures ?? []);

    private static SiloSettings Settings(ProcessOptions options, PaxosOptions paxos, ListenSettings listen) => new()
    {
        DataDirectory = Path.GetFullPath(options.Data),
        Storage = StorageKinds.Parse(options.Storage),
        Azure = options.Azure,
        Http = new HttpSettings(
            listen,
            new HttpKeys(options.Http.ReadWriteKeys.Values, options.Http.ReadKeys.Values),
            [.. options.Http.AllowedOrigins.Values],
            options.Http.MaxConnections,
            options.Http.AnswerMemoryBytes),
        Silos = options.SiloNames,
        HoldsWholeSet = options.Silo is null,
        ClusterId = options.ClusterId,
        ServiceId = options.ServiceId,
        Address = options.Address ?? "127.0.0.1",
        SiloPort = options.SiloPort,
        GatewayPort = options.GatewayPort,
        MembershipFile = options.Azure.Membership is null ? Path.GetFullPath(options.Membership ?? Path.Combine(options.Data, "membership.db")) : null,
        Paxos = paxos,
    };
}
