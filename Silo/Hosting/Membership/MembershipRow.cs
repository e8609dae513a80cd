using System.Globalization;
using System.Text.Json;

namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>The JSON form of a silo's row. The silo's address and the time it was last alive have columns of their own.</summary>
internal sealed record MembershipRow(
    SiloStatus Status,
    string SiloName,
    string HostName,
    int ProxyPort,
    string? RoleName,
    int UpdateZone,
    int FaultZone,
    DateTime StartTime,
    IReadOnlyList<MembershipRow.Suspicion> Suspicions)
{
    /// <summary>Serializes a row.</summary>
    public static string Json(MembershipEntry entry) => JsonSerializer.Serialize(new MembershipRow(
        entry.Status,
        entry.SiloName,
        entry.HostName,
        entry.ProxyPort,
        entry.RoleName,
        entry.UpdateZone,
        entry.FaultZone,
        entry.StartTime,
        [.. (entry.SuspectTimes ?? []).Select(vote => new Suspicion(vote.Item1.ToParsableString(), vote.Item2))]));

    /// <summary>Deserializes a row.</summary>
    public static MembershipEntry Parse(string address, string aliveAt, string json)
    {
        var row = JsonSerializer.Deserialize<MembershipRow>(json)!;
        return new MembershipEntry
        {
            SiloAddress = SiloAddress.FromParsableString(address),
            Status = row.Status,
            SiloName = row.SiloName,
            HostName = row.HostName,
            ProxyPort = row.ProxyPort,
            RoleName = row.RoleName,
            UpdateZone = row.UpdateZone,
            FaultZone = row.FaultZone,
            StartTime = row.StartTime,
            IAmAliveTime = DateTime.ParseExact(aliveAt, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            SuspectTimes = [.. row.Suspicions.Select(vote => Tuple.Create(SiloAddress.FromParsableString(vote.By), vote.At))],
        };
    }

    /// <summary>Formats a time.</summary>
    public static string Text(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>One silo's vote against another.</summary>
    internal sealed record Suspicion(string By, DateTime At);
}
