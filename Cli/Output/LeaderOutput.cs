using System.Text.Json;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Formats what happens in elections.</summary>
internal static class LeaderOutput
{
    /// <summary>Formats that this program was elected.</summary>
    public static string Elected(string name, Guid session, long token, bool json) => json
        ? JsonSerializer.Serialize(new ElectedMessage(name, session, token), WireJson.Relaxed.ElectedMessage)
        : $"elected, token {token}";

    /// <summary>Formats who leads on one line.</summary>
    public static string Line(string name, LeaderInfo<byte[]>? leader, bool json)
    {
        if (json)
            return leader is null
                ? JsonSerializer.Serialize(new NoLeaderMessage(name), WireJson.Relaxed.NoLeaderMessage)
                : JsonSerializer.Serialize(LeaderMessage.From(name, leader), WireJson.Relaxed.LeaderMessage);
        return leader is null ? "-" : string.Join('\t', leader.Token, TextValue.OneLine(leader.Owner), TextValue.OneLine(leader.Value ?? []));
    }
}
