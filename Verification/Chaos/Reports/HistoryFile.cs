using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>Writes a recorded history as the evidence for a verdict: one line of JSON for each call, in the order in which the calls were sent.</summary>
internal static class HistoryFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
    };

    public static void Write(string path, IEnumerable<Operation> history) =>
        File.WriteAllLines(path, history.OrderBy(operation => operation.Invoked).Select(operation => JsonSerializer.Serialize(operation, Json)));
}
